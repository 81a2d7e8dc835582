/** A browser program that can be started, once per session. */
export interface Browser {
	readonly name: string;
	/** Name of the package that brings it, for those who miss it. */
	readonly package: string;
	readonly isInstalled: () => boolean;
	/** Starts a session without any memory of others. Files that pages save go into `downloads`. */
	start: (downloads: string) => Promise<Session>;
}

/** Point of the viewport, in CSS pixels. */
export interface Point {
	readonly x: number;
	readonly y: number;
}

/** One page in a browser, driven from outside with real input events. */
export interface Session {
	/** Version of the browser. */
	readonly version: string;
	/** Goes to an address and waits until it has loaded. */
	open: (address: string) => Promise<void>;
	/**
	 * Value of an expression in the page, once it is settled. The value must survive JSON.
	 * @throws {Error} the page's, as text
	 */
	evaluate: <T>(expression: string) => Promise<T>;
	click: (point: Point) => Promise<void>;
	/** Presses and releases keys, each a character or a name as `KeyboardEvent.key` has it. `Control+a` holds the first. */
	press: (keys: string) => Promise<void>;
	/** Types characters one by one. */
	type: (text: string) => Promise<void>;
	close: () => Promise<void>;
}

/** Code points that WebDriver has for the keys without a character that lists press. */
const KEYS: Readonly<Record<string, string>> = { Tab: '\ue004', Control: '\ue009' };

interface KeyAction {
	readonly type: 'keyDown' | 'keyUp';
	readonly value: string;
}

/** Key actions of WebDriver, which both its protocols share. */
export function keyActions(keys: readonly string[]): KeyAction[] {
	return keys.flatMap((pressed) => {
		const held = pressed.length > 1 ? pressed.split('+') : [pressed];
		const values = held.map((key) => KEYS[key] ?? key);
		return [
			...values.map((value) => ({ type: 'keyDown' as const, value })),
			...values.toReversed().map((value) => ({ type: 'keyUp' as const, value }))
		];
	});
}

/** Pointer actions of WebDriver for a click. */
export const clickActions = ({ x, y }: Point) => [
	{ type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
	{ type: 'pointerDown', button: 0 },
	{ type: 'pointerUp', button: 0 }
];

/** Characters as WebDriver types them, one grapheme per key. */
export const graphemes = (text: string): string[] =>
	Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment);
