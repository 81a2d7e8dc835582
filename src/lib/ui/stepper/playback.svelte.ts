export const SPEEDS = {
	slow: 'Slow',
	normal: 'Normal',
	fast: 'Fast',
	fastest: 'Very fast'
} as const;
export type Speed = keyof typeof SPEEDS;

/** At the fastest speed, playback takes at most 20 s, however many steps there are. */
const stepsPerSecond = (speed: Speed, steps: number): number =>
	({ slow: 1, normal: 4, fast: 30, fastest: Math.max(300, steps / 20) })[speed];

/** The steps to play. The members are functions, so that playback always sees a component's current properties. */
interface PlaybackSource {
	/** Current step, 0 to `last()`. */
	step(): number;
	last(): number;
	speed(): Speed;
	onstep(step: number): void;
}

/** Maximum time counted per frame, so that playback doesn't jump after the tab has been hidden. */
const MAX_FRAME_MS = 250;

/** Plays steps according to the time elapsed, and stops at the last step. */
export class Playback {
	readonly #source: PlaybackSource;
	#playing = $state(false);
	#handle = 0;
	#time: number | null = null;
	/** Fraction of a step that has elapsed. */
	#elapsedSteps = 0;

	constructor(source: PlaybackSource) {
		this.#source = source;
	}

	get playing(): boolean {
		return this.#playing;
	}

	/** Pauses, or plays from the current step (from the beginning if the current step is the last). */
	toggle(): void {
		if (this.#playing || this.#source.last() === 0) {
			this.pause();
			return;
		}
		if (this.#source.step() >= this.#source.last()) this.#source.onstep(0);
		this.#playing = true;
		this.#time = null;
		this.#elapsedSteps = 0;
		this.#handle = requestAnimationFrame(this.#frame);
	}

	pause(): void {
		if (!this.#playing) return;
		this.#playing = false;
		cancelAnimationFrame(this.#handle);
	}

	readonly #frame = (time: number): void => {
		const last = this.#source.last();
		const elapsed = this.#time === null ? 0 : Math.min(MAX_FRAME_MS, time - this.#time);
		this.#time = time;
		this.#elapsedSteps += (elapsed * stepsPerSecond(this.#source.speed(), last)) / 1000;
		const steps = Math.floor(this.#elapsedSteps);
		this.#elapsedSteps -= steps;
		const to = Math.min(last, this.#source.step() + steps);
		if (steps > 0) this.#source.onstep(to);
		if (to >= last) this.#playing = false;
		else this.#handle = requestAnimationFrame(this.#frame);
	};
}
