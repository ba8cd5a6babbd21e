// The event stream: read, parsed, and opened again after a loss with growing pauses.
const SILENCE_MS = 25_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/** Cuts a stream of text into server-sent events. */
export class EventParser {
  #rest = '';
  #emit;

  constructor(emit) {
    this.#emit = emit;
  }

  push(chunk) {
    const blocks = (this.#rest + chunk).replaceAll('\r\n', '\n').split('\n\n');
    this.#rest = blocks.pop();
    for (const block of blocks) this.#read(block);
  }

  #read(block) {
    let name = 'message';
    const data = [];
    for (const line of block.split('\n')) {
      if (line.startsWith('event:')) name = line.slice(6).trim();
      else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
    }
    if (data.length > 0) this.#emit(name, JSON.parse(data.join('\n')));
  }
}

/** Keeps the stream open until closed. `changed` hears 'live' and 'lost'. */
export class Live {
  #api;
  #emit;
  #changed;
  #stop = new AbortController();
  #pause = FIRST_PAUSE_MS;

  constructor(api, emit, changed) {
    this.#api = api;
    this.#emit = emit;
    this.#changed = changed;
  }

  async run() {
    while (!this.#stop.signal.aborted) {
      try {
        await this.#read();
      } catch (problem) {
        if (problem.status === 401) return;
        if (problem instanceof SyntaxError) console.error('The event stream could not be read', problem);
      }
      if (this.#stop.signal.aborted) return;
      this.#changed('lost');
      await this.#rest();
    }
  }

  close() {
    this.#stop.abort();
  }

  async #read() {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const response = await this.#api.events(AbortSignal.any([this.#stop.signal, silence.signal]));
      const parser = new EventParser((name, data) => this.#deliver(name, data));
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        parser.push(part.value);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #deliver(name, data) {
    if (name === 'snapshot') {
      this.#pause = FIRST_PAUSE_MS;
      this.#changed('live');
    }
    this.#emit(name, data);
  }

  #rest() {
    const pause = this.#pause * (0.75 + Math.random() / 2);
    this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
    return new Promise(resolve => {
      const timer = setTimeout(resolve, pause);
      this.#stop.signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve();
        },
        {once: true},
      );
    });
  }
}
