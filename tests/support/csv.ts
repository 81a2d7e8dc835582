export interface ParsedCell {
	readonly text: string;
	readonly isQuoted: boolean;
}

/**
 * Parses CSV character by character, following the grammar of RFC 4180 rather than the lab's writer.
 * @throws Error at the first character that the grammar does not allow
 */
export function parseCsv(csv: string): ParsedCell[][] {
	const rows: ParsedCell[][] = [];
	let at = 0;
	const refuse = (expected: string): never => {
		throw new Error(`character ${at}: got ${JSON.stringify(csv.charAt(at))}, expected ${expected}`);
	};
	const quoted = (): string => {
		let text = '';
		for (at++; ; at++) {
			if (at >= csv.length) refuse('a closing quote');
			if (csv[at] !== '"') text += csv[at];
			else if (csv[at + 1] === '"') text += csv[at++];
			else break;
		}
		at++;
		return text;
	};
	const plain = (): string => {
		const start = at;
		while (at < csv.length && !',\r\n"'.includes(csv[at])) at++;
		return csv.slice(start, at);
	};
	while (at < csv.length) {
		const row: ParsedCell[] = [];
		for (;;) {
			const isQuoted = csv[at] === '"';
			row.push({ text: isQuoted ? quoted() : plain(), isQuoted });
			if (csv[at] !== ',') break;
			at++;
		}
		if (!csv.startsWith('\r\n', at)) refuse('a comma or CRLF');
		at += 2;
		rows.push(row);
	}
	return rows;
}
