import type { Announcement } from '../session/announcement.svelte';
import { describeProgress } from '../session/format';
import type { Progress } from '../workers/protocol';
import { describeReading } from './messages';

/** Time after which the page says that a file is being read. */
const PATIENCE_MS = 400;

/** Reading of files that were opened together. After a while it says so, with a way to stop. */
export class Reading {
	readonly #announcement: Announcement;
	readonly #stopping = new AbortController();
	readonly #timer: ReturnType<typeof setTimeout>;
	#isLate = false;
	#isOver = false;
	#latest: { readonly name: string; readonly progress: Progress | null } | null = null;
	/** Takes back what was said. */
	#dismiss: (() => void) | null = null;

	constructor(announcement: Announcement) {
		this.#announcement = announcement;
		this.#timer = setTimeout(() => {
			this.#isLate = true;
			this.#say();
		}, PATIENCE_MS);
	}

	/** Aborts when the reading is stopped. */
	get signal(): AbortSignal {
		return this.#stopping.signal;
	}

	/** Notes what is read. @param progress `null` at the beginning */
	readonly note = (name: string, progress: Progress | null): void => {
		this.#latest = { name, progress };
		this.#say();
	};

	/** Ends the reading, wherever it is. */
	stop(): void {
		this.#stopping.abort();
		this.end();
	}

	/** Says nothing more. */
	end(): void {
		this.#isOver = true;
		clearTimeout(this.#timer);
		this.#dismiss?.();
	}

	#say(): void {
		if (this.#isOver || !this.#isLate || !this.#latest) return;
		const { name, progress } = this.#latest;
		const message = describeReading(name, progress && describeProgress(progress));
		this.#dismiss = this.#announcement.show(message, [{ name: 'Stop', run: () => this.stop() }]);
	}
}
