/** A Slack on loopback that answers as it is told, and a Secrets Manager beside it; both remember what they were sent. */
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Answer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Closes the connection without an answer. */
  readonly hangsUp?: boolean;
}

export interface Sent {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly channel?: string;
    readonly text?: string;
    readonly attachments?: readonly unknown[];
    readonly SecretId?: string;
  };
}

export interface Loopback {
  readonly url: string;
  readonly sent: readonly Sent[];
  /** What the next requests get, in order; then `ok` again. */
  answer(...answers: readonly Answer[]): void;
  close(): Promise<void>;
}

/** Starts on a free port of loopback. */
export async function loopback(ok: Answer = { status: 200, body: "ok" }): Promise<Loopback> {
  const sent: Sent[] = [];
  const answers: Answer[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      sent.push({ path: request.url ?? "", headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
      const { status, body, headers, hangsUp } = answers.shift() ?? ok;
      if (hangsUp) request.socket.destroy();
      else response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, sent, answer: (...more) => answers.push(...more), close };
}
