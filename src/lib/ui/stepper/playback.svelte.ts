/** Calls back before the next drawing, with a time in ms; a test passes one that it turns by hand. */
export interface FrameClock {
	request(callback: (time: number) => void): number;
	cancel(handle: number): void;
}

export const animationFrames: FrameClock = {
	request: (callback) => requestAnimationFrame(callback),
	cancel: (handle) => cancelAnimationFrame(handle)
};

export const SPEEDS = ['slow', 'normal', 'fast', 'fastest'] as const;
export type Speed = (typeof SPEEDS)[number];

/** Steps a second. The fastest is through any number of steps in twenty seconds. */
export function stepsPerSecond(speed: Speed, steps: number): number {
	switch (speed) {
		case 'slow':
			return 1;
		case 'normal':
			return 4;
		case 'fast':
			return 30;
		case 'fastest':
			return Math.max(300, steps / 20);
	}
}

/** Where the steps stand: functions, so that it follows the properties of a component. */
export interface PlaybackSource {
	/** The step that is shown, 0 to `last()`. */
	step(): number;
	last(): number;
	onstep(step: number): void;
}

/** A frame that comes later than this counts as this late: a tab that was hidden does not leap. */
const LONGEST_FRAME = 250;

/** Plays steps one after another, by the time that has gone, and stops at the last. */
export class Playback {
	readonly #source: PlaybackSource;
	readonly #clock: FrameClock;
	#playing = $state(false);
	speed = $state<Speed>('normal');
	#handle = 0;
	/** Time of the last frame, and the part of a step that had gone by then. */
	#time: number | null = null;
	#owed = 0;

	constructor(source: PlaybackSource, clock = animationFrames) {
		this.#source = source;
		this.#clock = clock;
	}

	get playing(): boolean {
		return this.#playing;
	}

	/** From the step that is shown; from the beginning when that is the last. */
	play(): void {
		if (this.#playing || this.#source.last() === 0) return;
		if (this.#source.step() >= this.#source.last()) this.#source.onstep(0);
		this.#playing = true;
		this.#time = null;
		this.#owed = 0;
		this.#handle = this.#clock.request(this.#frame);
	}

	pause(): void {
		if (!this.#playing) return;
		this.#playing = false;
		this.#clock.cancel(this.#handle);
	}

	toggle(): void {
		if (this.#playing) this.pause();
		else this.play();
	}

	readonly #frame = (time: number): void => {
		const last = this.#source.last();
		const gone = this.#time === null ? 0 : Math.min(LONGEST_FRAME, time - this.#time);
		this.#time = time;
		this.#owed += (gone * stepsPerSecond(this.speed, last)) / 1000;
		const steps = Math.floor(this.#owed);
		this.#owed -= steps;
		const to = Math.min(last, this.#source.step() + steps);
		if (steps > 0) this.#source.onstep(to);
		if (to >= last) this.#playing = false;
		else this.#handle = this.#clock.request(this.#frame);
	};
}
