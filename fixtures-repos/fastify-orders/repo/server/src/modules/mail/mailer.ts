export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
}

export function createLogMailer(from: string): Mailer {
  return {
    async send({ to, subject, text }) {
      process.stdout.write(`From: ${from}\nTo: ${to}\nSubject: ${subject}\n\n${text}\n`);
    },
  };
}
