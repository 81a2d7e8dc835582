const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** What Rust's `u8::from_str_radix` takes, a plus sign included. */
const BYTE_TOKEN = /^<0x([0-9a-fA-F]{2}|\+[0-9a-fA-F])>$/;

/** The byte that a token such as `<0x0A>` stands for, or -1 for any other token. */
export function fallbackByte(token: string): number {
	const match = token.length === 6 ? BYTE_TOKEN.exec(token) : null;
	return match ? parseInt(match[1].replace('+', ''), 16) : -1;
}

/** Joins runs of byte tokens. A run that is not UTF-8 as a whole becomes one U+FFFD a byte, valid parts too. */
export function byteFallback(tokens: readonly string[]): string[] {
	const joined: string[] = [];
	let run: number[] = [];
	const flush = () => {
		if (run.length > 0) joined.push(textOf(run));
		run = [];
	};
	for (const token of tokens) {
		const byte = fallbackByte(token);
		if (byte >= 0) {
			run.push(byte);
		} else {
			flush();
			joined.push(token);
		}
	}
	flush();
	return joined;
}

function textOf(run: readonly number[]): string {
	const bytes = Uint8Array.from(run);
	try {
		return strict.decode(bytes);
	} catch {
		return '\ufffd'.repeat(bytes.length);
	}
}
