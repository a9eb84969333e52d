import { NotReadable, oneOf, url, wholeNumber, type Variable } from './variable.js';

function mailAddress(given: string | undefined): string | undefined {
  if (given !== undefined && !/^[^<>@\s]+@[^<>@\s]+$/.test(given.replace(/^.*<([^<>]*)>$/, '$1')))
    throw new NotReadable('must be a mail address, e.g. Theo dõi giải ngân <giaingan@tinh.example>');
  return given;
}

/** What the program sends needs a sender. */
export function mailProblems({ smtpUrl, mailFrom }: { smtpUrl?: string; mailFrom?: string }): string[] {
  return smtpUrl && !mailFrom ? ['MAIL_FROM is missing: SMTP_URL needs it.'] : [];
}

/** How notices are followed up, and how they are sent. */
export const FOLLOW_UP_VARIABLES = {
  acknowledgeWorkingDays: {
    name: 'ACKNOWLEDGE_WORKING_DAYS',
    meaning: 'working days after a notice was issued by which its team or unit acknowledges it',
    byDefault: '3',
    read: wholeNumber(3, 1, 40),
  },
  planWorkingDays: {
    name: 'PLAN_WORKING_DAYS',
    meaning: 'working days after acknowledging by which a team has planned its inspection',
    byDefault: '5',
    read: wholeNumber(5, 1, 40),
  },
  answerWorkingDays: {
    name: 'ANSWER_WORKING_DAYS',
    meaning: 'working days after acknowledging by which a unit answers its letter',
    byDefault: '7',
    read: wholeNumber(7, 1, 40),
  },
  escalationWorkingDays: {
    name: 'ESCALATION_WORKING_DAYS',
    meaning: 'working days after one of these has passed at which the leaders are told, once',
    byDefault: '3',
    read: wholeNumber(3, 1, 40),
  },
  smtpUrl: {
    name: 'SMTP_URL',
    meaning: 'mail server, e.g. `smtps://user:password@mail.tinh.example`; absent: no mail is sent',
    byDefault: '',
    read: url('smtp:', 'smtps:'),
    secret: true,
  },
  mailFrom: {
    name: 'MAIL_FROM',
    meaning: 'sender of all mail, e.g. `Theo dõi giải ngân <giaingan@tinh.example>`',
    byDefault: '',
    read: mailAddress,
  },
  webhookAddresses: {
    name: 'WEBHOOK_ADDRESSES',
    meaning: '`public` calls webhooks over HTTPS at public addresses only; `any` allows HTTP and private addresses too',
    byDefault: 'public',
    read: oneOf('public', 'public', 'any'),
  },
} satisfies Record<string, Variable<unknown>>;
