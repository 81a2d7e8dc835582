import { TokenKind } from '../../engine';
import type { Part } from './parts';

/** Longest piece of token text in a name, in UTF-16 units: a name is read aloud. */
const LONGEST = 60;

/**
 * A token in words, for assistive technology and the tooltip:
 * `token "·strawberry", id 73700, bytes 12–23` (first byte, byte after the last).
 */
export function tokenName(token: {
	readonly parts: readonly Part[];
	readonly id: number;
	readonly start: number;
	readonly end: number;
	readonly kind: number;
	/** What stands for a token without bytes, else null. */
	readonly stand: string | null;
}): string {
	const { parts, id, start, end, kind, stand } = token;
	let text = stand ?? '';
	for (const part of parts) {
		if (text.length > LONGEST) break;
		text += inWords(part);
	}
	if (text.length > LONGEST) text = `${text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '')}…`;
	const where = start === end ? `no bytes, at byte ${start}` : `bytes ${start}–${end}`;
	return `token "${text}", id ${id}, ${where}${KIND_IN_WORDS[kind] ?? ''}`;
}

const KIND_IN_WORDS: Readonly<Record<number, string>> = {
	[TokenKind.special]: ', special',
	[TokenKind.added]: ', added by the tokenizer',
	[TokenKind.unknown]: ', unknown',
	[TokenKind.byteFallback]: ', byte fallback'
};

/** A part as plain text: marks for white space, names in brackets, bytes in angles. */
export function inWords(part: Part): string {
	switch (part.kind) {
		case 'text':
			return part.text;
		case 'spaces':
			return '·'.repeat(part.text.length);
		case 'tab':
			return '→';
		case 'newline':
			return '↵';
		case 'label':
			return `[${part.label}]`;
		case 'echo':
			return part.shown;
		case 'cells': {
			const bytes = `<${part.bytes.join(' ')}>`;
			if (part.text === '') return bytes;
			return `${bytes} of ${part.label === null ? part.text : `[${part.label}]`}`;
		}
	}
}
