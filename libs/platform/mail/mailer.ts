import { createTransport } from 'nodemailer';
import type { Config } from '../config.js';

/** The other side is given up on after so long; a mail of ours is a few kilobytes. */
const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** The same at every attempt, so that a mail server or reader can tell a repetition. */
  messageId: string;
}

export interface Mailer {
  /** The server's answer; rejects with `MailRefused` where trying again is of no use, else with the fault. */
  send(mail: Mail): Promise<string>;
  close(): void;
}

/** The server will never take this mail (5xx): no such mailbox, refused sender. */
export class MailRefused extends Error {}

/** Undefined where no mail server is named: then no mail is sent. */
export function openMailer({ smtpUrl, mailFrom }: Pick<Config, 'smtpUrl' | 'mailFrom'>): Mailer | undefined {
  if (!smtpUrl || !mailFrom) return undefined;
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ to, ...mail }) => {
      try {
        // An object, so that nothing in the address is read as a list of them.
        const { response } = await transport.sendMail({ ...mail, from: mailFrom, to: { name: '', address: to } });
        return response;
      } catch (error) {
        const { responseCode, message } = error as Error & { responseCode?: number };
        throw responseCode !== undefined && responseCode >= 500 ? new MailRefused(message) : error;
      }
    },
    close: () => transport.close(),
  };
}
