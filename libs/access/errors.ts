export type AccessErrorCode =
  | 'sign-in-refused'
  | 'not-signed-in'
  | 'not-allowed'
  | 'csrf-refused'
  | 'account-exists'
  | 'account-unknown'
  | 'password-too-short'
  | 'demonstration-in-production';
