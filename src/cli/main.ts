import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { GateFailed, oneLine, OutputClosed } from './failure';
import { nodeIo, type Io } from './io';

export { nodeIo };

/** Exit codes for a failed gate, and for bad usage or input. */
const GATE_FAILED = 1;
const BAD_INPUT = 2;

/** In the order of the help. Loaded when needed, because `diff` is larger than all others together. */
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
 * Runs one command and returns the exit code: 0, 1 for a failed gate, or 2 for bad usage or input, with the reason in
 * one line on standard error. Never throws.
 */
export async function run(args: readonly string[], io: Io = nodeIo()): Promise<number> {
	let help = '';
	const program = createProgram((text) => (help += text));
	const [name] = args;
	// Completion is about all of them.
	const isOne = isCommand(name) && name !== 'completion';
	const needed = isOne ? [COMMANDS[name]] : Object.values(COMMANDS);
	try {
		let isQuiet = false;
		const notes = quietable(io, () => isQuiet);
		for (const load of needed) (await load()).addCommand(program, notes);
		for (const command of program.commands) {
			command
				.option('-q, --quiet', 'print no notes and no progress, only errors')
				.hook('preAction', () => void (isQuiet = command.opts().quiet === true));
		}
		await program.parseAsync(args, { from: 'user' });
		return 0;
	} catch (error) {
		if (error instanceof OutputClosed) return 0;
		if (error instanceof CommanderError && error.exitCode === 0) return print(help, io);
		if (error instanceof GateFailed) {
			io.warn(oneLine(error));
			return GATE_FAILED;
		}
		io.warn(error instanceof CommanderError ? usageLine(error) : oneLine(error));
		return BAD_INPUT;
	}
}

async function print(text: string, io: Io): Promise<number> {
	try {
		await io.write(text);
	} catch (error) {
		if (error instanceof OutputClosed) return 0;
		io.warn(oneLine(error));
		return BAD_INPUT;
	}
	return 0;
}

/** Leaves out notes and progress of a command if it is asked to. */
const quietable = (io: Io, isQuiet: () => boolean): Io => ({
	readerScript: io.readerScript,
	open: (path) => io.open(path),
	slices: (path) => io.slices(path),
	write: (text) => io.write(text),
	warn: (line) => isQuiet() || io.warn(line),
	status: (line) => isQuiet() || io.status(line),
	kindOf: (path) => io.kindOf(path),
	save: (files, folder) => io.save(files, folder),
	saveFolder: (folder, fill, isFormer) => io.saveFolder(folder, fill, isFormer),
	appendForStep: (file, text) => io.appendForStep(file, text)
});

const isCommand = (name: string): name is keyof typeof COMMANDS => Object.hasOwn(COMMANDS, name);

const createProgram = (onhelp: (text: string) => void): Command =>
	new Command('bpe-lab')
		.description('The tokenizers of BPE Lab in a terminal.')
		.version(version)
		.exitOverride()
		.configureOutput({ writeOut: onhelp, writeErr: () => undefined })
		.configureHelp({ helpWidth: 100 })
		.addHelpText(
			'after',
			`
Input is UTF-8, from files or standard input. Exit codes: 0, 1 for a failed gate (diff
--fail-on), and 2 for bad usage or input.`
		);

function usageLine(error: CommanderError): string {
	// Without a command, commander prints the help as an error.
	if (error.code === 'commander.help') return 'no command given; see bpe-lab --help';
	return `${oneLine(error).replace(/^error: |[.]$/g, '')}; see --help`;
}
