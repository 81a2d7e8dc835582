/** A browser, started separately for each session. */
export interface Browser {
	readonly name: string;
	/** Package that provides the browser; an error names the package if the browser is missing. */
	readonly package: string;
	readonly isInstalled: () => boolean;
	/**
	 * Starts a session that doesn't share any state with other sessions. Files saved by pages go to the
	 * `downloads` folder.
	 */
	start: (downloads: string) => Promise<Session>;
}

/** Point in the viewport, in CSS pixels. */
export interface Point {
	readonly x: number;
	readonly y: number;
}

/** A page in a browser, controlled from outside with real input events. */
export interface Session {
	readonly version: string;
	/** Goes to a URL and waits until the page has loaded. */
	open: (address: string) => Promise<void>;
	/**
	 * Evaluates an expression in the page and awaits its value, which must be serialisable as JSON.
	 * @throws {Error} with the text of the page's error
	 */
	evaluate: <T>(expression: string) => Promise<T>;
	click: (point: Point) => Promise<void>;
	/**
	 * Presses and releases keys, each a character or a `KeyboardEvent.key` name. `Control+a` presses `a` with Control
	 * held down.
	 */
	press: (keys: string) => Promise<void>;
	type: (text: string) => Promise<void>;
	close: () => Promise<void>;
}

/** WebDriver's code points for non-character keys. */
const KEYS: Readonly<Record<string, string>> = { Tab: '\ue004', Control: '\ue009' };

interface KeyAction {
	readonly type: 'keyDown' | 'keyUp';
	readonly value: string;
}

/** Key actions, in the format that both WebDriver protocols use. */
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

export const clickActions = ({ x, y }: Point) => [
	{ type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
	{ type: 'pointerDown', button: 0 },
	{ type: 'pointerUp', button: 0 }
];

/** Splits text into graphemes, each of which WebDriver types as one key. */
export const graphemes = (text: string): string[] =>
	Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment);
