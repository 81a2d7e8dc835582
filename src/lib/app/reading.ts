import type { AnnouncedAction } from '../session/announcement.svelte';
import { describeProgress, withoutControls } from '../session/format';
import type { Lab } from '../session/lab.svelte';
import type { Progress } from '../workers/protocol';
import { describeReading, describeStopped } from './messages';

/** Reading of files that were opened together. Says which one is being read, and why none could be opened. */
export class Reading {
	readonly #lab: Pick<Lab, 'announcement' | 'reading' | 'shown'>;
	readonly #stopping = new AbortController();
	#isOver = false;

	constructor(lab: Pick<Lab, 'announcement' | 'reading' | 'shown'>) {
		this.#lab = lab;
		lab.reading = null;
	}

	/** Aborts when the reading is stopped. */
	get signal(): AbortSignal {
		return this.#stopping.signal;
	}

	/** Notes what is read. @param progress `null` at the beginning */
	readonly note = (name: string, progress: Progress | null): void => {
		if (this.#isOver) return;
		const message = withoutControls(describeReading(name, progress && describeProgress(progress)));
		const run = () => {
			if (this.#lab.shown?.drawsReading) this.fail(describeStopped(name));
			this.stop();
		};
		this.#lab.reading = { message, isError: false, actions: [{ name: 'Stop', run }] };
	};

	/** Says why nothing was opened, unless the reading was stopped. */
	fail(message: string, actions: readonly AnnouncedAction[] = []): void {
		if (this.signal.aborted) return;
		this.end();
		const { announcement, shown } = this.#lab;
		if (!shown?.drawsReading) announcement.fail(message, actions);
		else this.#lab.reading = { message: withoutControls(message), isError: true, actions };
	}

	/** Ends the reading, wherever it is. */
	stop(): void {
		this.#stopping.abort();
		this.end();
	}

	/** Says nothing more. */
	end(): void {
		if (!this.#isOver) this.#lab.reading = null;
		this.#isOver = true;
	}
}
