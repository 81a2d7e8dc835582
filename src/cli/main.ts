import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { GateFailed, oneLine, OutputClosed } from './failure';
import { nodeIo, type Io } from './io';

export { nodeIo };

const GATE_FAILED = 1;
const BAD_INPUT = 2;

/** Commands in the order of the help text. Loaded on demand, because `diff` is larger than all the others combined. */
const COMMANDS = {
	tokenizers: () => import('./commands/tokenizers'),
	encode: () => import('./commands/encode'),
	decode: () => import('./commands/decode'),
	trace: () => import('./commands/trace'),
	train: () => import('./commands/train'),
	count: () => import('./commands/count'),
	inspect: () => import('./commands/inspect'),
	convert: () => import('./commands/convert'),
	fingerprint: () => import('./commands/fingerprint'),
	inflation: () => import('./commands/inflation'),
	diff: () => import('./commands/diff'),
	gate: () => import('./commands/gate'),
	completion: () => import('./commands/completion')
};

/**
 * Runs one command and returns its exit code: 0, 1 for a failed gate, or 2 for bad usage or input. The reason for a
 * failure is one line on standard error. Never throws.
 */
export async function run(args: readonly string[], io: Io = nodeIo()): Promise<number> {
	// `--quiet` replaces `io.warn`, but errors are always printed.
	const warn = io.warn.bind(io);
	try {
		await runCommand(args, io);
		return 0;
	} catch (error) {
		if (error instanceof OutputClosed) return 0;
		warn(error instanceof CommanderError ? usageLine(error, args) : oneLine(error));
		return error instanceof GateFailed ? GATE_FAILED : BAD_INPUT;
	}
}

async function runCommand(args: readonly string[], io: Io): Promise<void> {
	let help = '';
	const program = createProgram((text) => (help += text));
	const [name] = args;
	// The completion script lists every command.
	const isOne = isCommand(name) && name !== 'completion';
	for (const load of isOne ? [COMMANDS[name]] : Object.values(COMMANDS)) {
		(await load()).addCommand(program, io);
	}
	for (const command of program.commands) {
		command
			.option('-q, --quiet', 'print only errors, without notes or progress')
			.hook('preAction', () => {
				if (command.opts().quiet === true) Object.assign(io, { warn: ignore, status: ignore });
			});
	}
	try {
		await program.parseAsync(args, { from: 'user' });
	} catch (error) {
		if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
		await io.write(help);
	}
}

const ignore = (): void => undefined;

const isCommand = (name: string): name is keyof typeof COMMANDS => Object.hasOwn(COMMANDS, name);

const createProgram = (onhelp: (text: string) => void): Command =>
	new Command('bpe-lab')
		.description("Runs BPE Lab's tokenizers in a terminal.")
		.version(version)
		.exitOverride()
		.configureOutput({ writeOut: onhelp, writeErr: () => undefined })
		.configureHelp({ helpWidth: 100 })
		.addHelpText(
			'after',
			`
Input is UTF-8, from files or standard input. Exit codes: 0 for success, 1 for a failed gate (gate,
or diff --fail-on), and 2 for bad usage or input.`
		);

function usageLine(error: CommanderError, args: readonly string[]): string {
	// Without a command, commander prints the help as an error.
	if (error.code === 'commander.help') return 'no command given; see `bpe-lab --help`';
	const [command] = args;
	const help = isCommand(command) ? `bpe-lab ${command} --help` : 'bpe-lab --help';
	return `${inOurWords(oneLine(error).replace(/^error: |[.]$/g, ''))}; see \`${help}\``;
}

/** Rewrites commander's messages in the style of our own. */
const REWORDINGS: readonly (readonly [theirs: RegExp, ours: string])[] = [
	[/^option '(?:-\w, )?(--[\w-]+)[^']*' argument '(.*)' is invalid\. /s, '$1: got "$2", '],
	[/^command-argument value '(.*)' is invalid for argument '(.*?)'\. /s, '$2: got "$1", '],
	[/Allowed choices are (.*), (.*?)$/, 'expected $1 or $2'],
	[/^required option '(?:-\w, )?(--[\w-]+)[^']*' not specified$/, 'missing option $1'],
	[/^option '(?:-\w, )?(--[\w-]+)[^']*' argument missing$/, '$1: got no value, expected one'],
	[/^missing required argument '(.*)'$/, 'missing argument "$1"'],
	[
		/^too many arguments for '(.*?)'\. Expected (\d+) \w+ but got (\d+)$/,
		'too many arguments for $1: got $3, expected $2'
	],
	[/^unknown (\w+) '(.*?)'/s, 'unknown $1 "$2"'],
	[/\(Did you mean /, '(did you mean ']
];

const inOurWords = (message: string): string =>
	REWORDINGS.reduce((text, [theirs, ours]) => text.replace(theirs, ours), message);
