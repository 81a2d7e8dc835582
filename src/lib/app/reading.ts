import type { AnnouncedAction } from '../session/announcement.svelte';
import { describeProgress, withoutControls } from '../session/format';
import type { Lab } from '../session/lab.svelte';
import type { Progress } from '../workers/protocol';
import { describeReading, describeStopped } from './messages';

/**
 * Progress of reading files that were opened together. Reports which file is being read, or why nothing could be
 * opened.
 */
export class Reading {
	readonly #lab: Pick<Lab, 'announcement' | 'reading' | 'shown'>;
	readonly #stopping = new AbortController();
	#isOver = false;

	constructor(lab: Pick<Lab, 'announcement' | 'reading' | 'shown'>) {
		this.#lab = lab;
		lab.reading = null;
	}

	get signal(): AbortSignal {
		return this.#stopping.signal;
	}

	/** Reports the file being read. @param progress `null` at the beginning */
	readonly note = (name: string, progress: Progress | null): void => {
		if (this.#isOver) return;
		const message = withoutControls(describeReading(name, progress && describeProgress(progress)));
		const run = () => {
			if (this.#lab.shown?.drawsReading) this.fail(describeStopped(name));
			this.stop();
		};
		this.#lab.reading = { message, isError: false, actions: [{ name: 'Stop', run }] };
	};

	/** Reports why nothing was opened, unless the read was stopped. */
	fail(message: string, actions: readonly AnnouncedAction[] = []): void {
		if (this.signal.aborted) return;
		this.end();
		const { announcement, shown } = this.#lab;
		if (!shown?.drawsReading) announcement.fail(message, actions);
		else this.#lab.reading = { message: withoutControls(message), isError: true, actions };
	}

	stop(): void {
		this.#stopping.abort();
		this.end();
	}

	end(): void {
		if (!this.#isOver) this.#lab.reading = null;
		this.#isOver = true;
	}
}
