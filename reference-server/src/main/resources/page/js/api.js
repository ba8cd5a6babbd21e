// The REST interface. Every failure is a Problem (RFC 9457), also an unreachable server.
const TIMEOUT_MS = 15_000;

export class Problem extends Error {
  constructor({title, detail, status, faults, currentRevision}) {
    super(detail || title || 'The request failed.');
    this.title = title || 'The request failed';
    this.detail = detail ?? '';
    this.status = status ?? 0;
    this.faults = faults ?? [];
    this.currentRevision = currentRevision;
  }
}

export const robotPath = (id, rest = '') => `/robots/${encodeURIComponent(id)}${rest}`;

/** A random UUID; also where the page came without TLS and `crypto.randomUUID` is missing. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export class Api {
  #token;
  #signedOut;

  /** @param signedOut called when the server no longer accepts the token */
  constructor(token, signedOut) {
    this.#token = token;
    this.#signedOut = signedOut;
  }

  get(path) {
    return this.#call('GET', path);
  }
  post(path, body) {
    return this.#call('POST', path, body);
  }
  put(path, body, revision) {
    return this.#call('PUT', path, body, revision);
  }
  delete(path, body) {
    return this.#call('DELETE', path, body);
  }

  /** The event stream's response; the token travels in the header, never in an address. */
  async events(signal) {
    const response = await fetch('/api/v1/events', {headers: this.#headers({Accept: 'text/event-stream'}), signal, cache: 'no-store'});
    if (!response.ok) throw await this.#problem(response);
    return response;
  }

  async #call(method, path, body, revision) {
    const headers = this.#headers({Accept: 'application/json'});
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (revision !== undefined) headers['If-Match'] = `"${revision}"`;
    const response = await this.#send(`/api/v1${path}`, {
      method,
      headers,
      cache: 'no-store',
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw await this.#problem(response);
    return response.status === 204 ? null : response.json();
  }

  async #send(url, options) {
    try {
      return await fetch(url, options);
    } catch (cause) {
      const detail =
        cause.name === 'TimeoutError'
          ? 'It did not answer in 15 s; whether it did what was asked is unknown.'
          : 'Check the network and whether the server runs.';
      throw new Problem({title: 'The server cannot be reached', detail});
    }
  }

  async #problem(response) {
    const body = await response.json().catch(() => ({}));
    if (response.status === 401) this.#signedOut();
    return new Problem({title: response.statusText, ...body, status: response.status});
  }

  #headers(more) {
    return {Authorization: `Bearer ${this.#token}`, ...more};
  }
}
