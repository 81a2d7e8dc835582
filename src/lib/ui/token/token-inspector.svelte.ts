import type { Encoding } from '../../engine';
import type { ByteRange } from './token-lookup';

/** How long the pointer rests on a token before its details appear. */
const DWELL_MS = 350;
/** Time allowed for moving the pointer from a token to its details. */
const LEAVE_MS = 200;

interface InspectorSource {
	readonly encoding: () => Encoding;
	/** Bytes of the token pinned by the parent; `undefined` if the view itself keeps track of the pinned token. */
	readonly pinned?: () => ByteRange | null | undefined;
	readonly onpin?: (range: ByteRange | null) => void;
}

/** A token whose details are shown until the pointer leaves the token or, if it is pinned, until it is unpinned. */
export interface InspectedToken {
	readonly token: number;
	readonly isPinned: boolean;
}

/** Decides which token in a list has its details shown. A new encoding closes the details. */
export class TokenInspector {
	readonly #source: InspectorSource;
	#hovered = $state.raw<{ readonly encoding: Encoding; readonly token: number } | null>(null);
	/** The token pinned in this view. The token's index is stored too, because spans may be empty or equal. */
	#kept = $state.raw<{
		readonly encoding: Encoding;
		readonly token: number;
		readonly range: ByteRange;
	} | null>(null);
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(source: InspectorSource) {
		this.#source = source;
	}

	readonly #pinned = $derived.by((): InspectedToken | null => {
		const encoding = this.#source.encoding();
		const kept = this.#kept?.encoding === encoding ? this.#kept : null;
		const range = this.#source.pinned?.();
		if (kept && (range === undefined || isSameRange(kept.range, range)))
			return { token: kept.token, isPinned: true };
		const token = range ? tokenOfRange(encoding, range) : -1;
		return token < 0 ? null : { token, isPinned: true };
	});

	readonly shown = $derived.by((): InspectedToken | null => {
		const hovered = this.#hovered;
		if (this.#pinned || hovered === null) return this.#pinned;
		const isCurrent = hovered.encoding === this.#source.encoding();
		return isCurrent ? { token: hovered.token, isPinned: false } : null;
	});

	/** Shows a token's details after a delay, or hides them after a delay if `token` is -1. */
	hover(token: number): void {
		clearTimeout(this.#timer);
		const encoding = this.#source.encoding();
		const show = () => (this.#hovered = token < 0 ? null : { encoding, token });
		this.#timer = setTimeout(show, token < 0 ? LEAVE_MS : DWELL_MS);
	}

	/** Keeps the details open while the pointer is on them. */
	keepOpen(): void {
		clearTimeout(this.#timer);
	}

	/** Pins a token, or unpins it if it is already pinned. */
	toggle(token: number): void {
		if (this.#pinned?.token === token) this.close();
		else this.pin(token);
	}

	pin(token: number): void {
		const encoding = this.#source.encoding();
		const range = { start: encoding.byteStarts[token], end: encoding.byteEnds[token] };
		this.forget();
		this.#kept = { encoding, token, range };
		this.#source.onpin?.(range);
	}

	close(): void {
		const wasPinned = this.#pinned !== null;
		this.forget();
		if (wasPinned) this.#source.onpin?.(null);
	}

	/** Hides the details without calling `onpin`, because a different token's details replace them. */
	forget(): void {
		clearTimeout(this.#timer);
		this.#hovered = null;
		this.#kept = null;
	}
}

const isSameRange = (a: ByteRange, b: ByteRange | null): boolean =>
	a.start === b?.start && a.end === b.end;

/** Returns the first token with exactly this span; -1 if there is none. */
function tokenOfRange({ byteStarts, byteEnds }: Encoding, { start, end }: ByteRange): number {
	for (let at = byteStarts.indexOf(start); at >= 0 && byteStarts[at] === start; at++)
		if (byteEnds[at] === end) return at;
	return -1;
}
