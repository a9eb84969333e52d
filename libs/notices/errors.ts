export type NoticesErrorCode =
  | 'notice-unknown'
  | 'notice-not-issued'
  | 'notice-acknowledged'
  | 'notice-step-refused'
  | 'announcement-missing'
  | 'announcement-released'
  | 'release-by-closer'
  | 'delivery-unknown'
  | 'delivery-not-dead'
  | 'webhook-unknown'
  | 'webhook-address-refused'
  | 'webhooks-too-many';
