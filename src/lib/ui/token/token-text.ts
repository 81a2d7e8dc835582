import { onCircles, partsOf, type Part } from './parts';

/** Formats a token's bytes as one line of plain text: `·th`, `↵`, `<e2 80>` for part of a character. */
export function tokenText(bytes: Uint8Array): string {
	return asciiText(bytes) ?? onCircles(partsOfToken(bytes).map(formatPart).join(''));
}

/** Fast path for printable ASCII: most tokens contain nothing else, and every key press formats hundreds of them. */
function asciiText(bytes: Uint8Array): string | null {
	let text = '';
	for (const byte of bytes) {
		if (byte < 0x20 || byte > 0x7e) return null;
		text += byte === 0x20 ? '·' : String.fromCharCode(byte);
	}
	return text;
}

/** Parts of a single token. Consecutive bytes that don't form characters are combined into one part. */
function partsOfToken(bytes: Uint8Array): Part[] {
	const parts: Part[] = [];
	for (const part of partsOf(bytes, { start: 0, end: bytes.length, drawnTo: 0 }, true)) {
		const last = parts.at(-1);
		if (part.kind === 'cells' && last?.kind === 'cells' && part.text === '' && last.text === '')
			parts[parts.length - 1] = { ...last, bytes: [...last.bytes, ...part.bytes] };
		else parts.push(part);
	}
	return parts;
}

/** Formats a part as plain text: marks for white space, labels in brackets, bytes in angle brackets. */
export function formatPart(part: Part): string {
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
