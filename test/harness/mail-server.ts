import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  url: string;
  /** What it has taken, in order. */
  mails: ParsedMail[];
  /** Addresses it will never know (550), and whether it is out of order for now (451). */
  unknown: Set<string>;
  isOutOfOrder: boolean;
  /** Called when a mail has been taken in whole, before the sender is told so. */
  onTaken: (() => Promise<void>) | undefined;
  stop(): Promise<void>;
}

/** A mail server of the test's own, which takes mail as a real one does and keeps it. */
export async function startMailServer(): Promise<MailServer> {
  const refuse = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, answer) => {
      if (mailServer.isOutOfOrder) answer(refuse(451, 'try again later'));
      else if (mailServer.unknown.has(address)) answer(refuse(550, 'no such mailbox'));
      else answer();
    },
    onData: (stream, _session, answer) => {
      simpleParser(stream).then(
        async (mail) => {
          mailServer.mails.push(mail);
          await mailServer.onTaken?.();
          answer(null);
        },
        (error: Error) => answer(error),
      );
    },
  });
  // A sender that is killed hangs up.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const mailServer: MailServer = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails: [],
    unknown: new Set(),
    isOutOfOrder: false,
    onTaken: undefined,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return mailServer;
}
