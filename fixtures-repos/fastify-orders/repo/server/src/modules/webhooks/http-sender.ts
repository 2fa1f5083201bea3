export interface HttpAnswer {
  readonly status: number;
}

export interface HttpSender {
  post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<HttpAnswer>;
}

export function createHttpSender(): HttpSender {
  return {
    async post(url, body, headers) {
      const response = await fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
        redirect: 'error',
        signal: AbortSignal.timeout(5000),
      });
      await response.body?.cancel();
      return { status: response.status };
    },
  };
}
