/**
 * Shared parts of the programs that run long tests: options, figures with targets, tables, and batches that run in
 * separate processes.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<
	typeof parseArgs<{ options: O; allowPositionals: true }>
>;

/** Reports unsupported options or arguments. The program then exits with code 2. */
export class UsageError extends Error {}

/**
 * Creates the `main` of a program. `usage` is printed for `--help`, and after the message about an unsupported option.
 * @param run returns the exit code
 */
export const program =
	<O extends Options>(
		usage: string,
		options: O,
		run: (values: Parsed<O>['values'], words: readonly string[]) => Promise<number>
	) =>
	async (args: readonly string[]): Promise<number> => {
		if (args.includes('--help')) {
			console.log(usage);
			return 0;
		}
		try {
			const { values, positionals } = read(args, options);
			return await run(values, positionals);
		} catch (error) {
			if (!(error instanceof UsageError)) throw error;
			console.error(`${error.message}\n${usage}`);
			return 2;
		}
	};

function read<O extends Options>(args: readonly string[], options: O): Parsed<O> {
	try {
		return parseArgs({ args: [...args], options, allowPositionals: true });
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}

/** Parses an option's value. @throws UsageError unless the value is a number that is at least `least` */
export function numberOf(name: string, text: string, least = 0): number {
	const number = Number(text);
	if (text.trim() !== '' && number >= least) return number;
	throw new UsageError(`got ${name} ${JSON.stringify(text)}, expected a number from ${least} on`);
}

/**
 * The element of `all` with the given name, or all elements if no name is given. @throws UsageError if no element has
 * that name
 */
export function chosen<T extends string>(
	all: readonly T[],
	word: string | undefined
): readonly T[] {
	const found = all.filter((name) => word === undefined || name === word);
	if (found.length > 0) return found;
	throw new UsageError(`got ${JSON.stringify(word)}, expected one of ${all.join(', ')}`);
}

export interface Figure {
	readonly what: string;
	readonly got: string;
	readonly target: string;
	readonly isMet: boolean;
}

const shown = (value: number, unit: string): string =>
	`${Number(value.toFixed(value < 1 ? 3 : value < 10 ? 2 : 1))}${unit && ` ${unit}`}`;

/** Measured figures with their targets. Each figure is printed as soon as it is added. */
export class Figures {
	readonly all: Figure[] = [];
	/** Conditions under which the figures added next are measured, printed after each figure's name unless empty. */
	place = '';

	note(what: string, got: string, target: string, isMet: boolean): void {
		const named = this.place === '' ? what : `${what} (${this.place})`;
		this.all.push({ what: named, got, target, isMet });
		console.log(`${isMet ? 'met   ' : 'missed'} ${named}: ${got}, target ${target}`);
	}

	atMost(what: string, got: number, most: number, unit = ''): void {
		this.note(what, shown(got, unit), `≤ ${shown(most, unit)}`, got <= most);
	}

	atLeast(what: string, got: number, least: number, unit = ''): void {
		this.note(what, shown(got, unit), `≥ ${shown(least, unit)}`, got >= least);
	}

	/** Prints the missed targets again, after all other output. @returns the exit code */
	conclude(): number {
		const missed = this.all.filter(({ isMet }) => !isMet);
		for (const { what, got, target } of missed)
			console.error(`missed: ${what}: got ${got}, expected ${target}`);
		return missed.length > 0 ? 1 : 0;
	}
}

type Row = readonly (string | number)[];

/** Prints a Markdown table. */
export function printTable(head: Row, rows: readonly Row[]): void {
	const widths = head.map((_, i) =>
		Math.max(...[head, ...rows].map((row) => String(row[i]).length))
	);
	const line = (row: Row) =>
		`| ${row.map((cell, i) => String(cell).padEnd(widths[i])).join(' | ')} |`;
	console.log(line(head));
	console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
	for (const row of rows) console.log(line(row));
	console.log();
}

/**
 * Runs this program with other arguments in a separate process.
 * @returns the process's output, parsed as JSON
 * @throws Error saying how the process ended if it failed
 */
export function runAgain(
	words: readonly (string | number)[],
	{ execArgv = [], timeout }: { execArgv?: readonly string[]; timeout?: number } = {}
): unknown {
	const { status, signal, stdout } = spawnSync(
		process.execPath,
		[...execArgv, ...process.argv.slice(1, 3), ...words.map(String)],
		{ encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'], timeout }
	);
	if (status !== 0) throw new Error(`ended with ${signal ?? status}`);
	return JSON.parse(stdout);
}
