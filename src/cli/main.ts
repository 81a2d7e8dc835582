import { Command, CommanderError } from 'commander';
import { addCount } from './commands/count';
import { addDecode } from './commands/decode';
import { addDiff } from './commands/diff';
import { addEncode } from './commands/encode';
import { addInflation } from './commands/inflation';
import { addTokenizers } from './commands/tokenizers';
import { addTrace } from './commands/trace';
import { addTrain } from './commands/train';
import { GateFailed, oneLine, OutputClosed } from './failure';
import { nodeIo, type Io } from './io';

/** A gate that failed. */
const FAILED = 1;
/** Bad usage or input. */
const BAD_INPUT = 2;

/**
 * Runs one command and gives the exit code: 0, 1 for a gate that failed, or 2 for bad usage or input,
 * with one line on standard error that says which. Never throws.
 */
export async function run(args: readonly string[], io: Io = nodeIo()): Promise<number> {
	let help = '';
	const program = createProgram(io, (text) => (help += text));
	try {
		await program.parseAsync(args, { from: 'user' });
		return 0;
	} catch (error) {
		if (error instanceof OutputClosed) return 0;
		if (error instanceof CommanderError && error.exitCode === 0) return print(help, io);
		if (error instanceof GateFailed) {
			io.warn(oneLine(error));
			return FAILED;
		}
		io.warn(error instanceof CommanderError ? usageLine(error) : oneLine(error));
		return BAD_INPUT;
	}
}

async function print(text: string, io: Io): Promise<number> {
	try {
		await io.write(text);
	} catch (error) {
		if (!(error instanceof OutputClosed)) throw error;
	}
	return 0;
}

function createProgram(io: Io, onhelp: (text: string) => void): Command {
	const program = new Command('bpe-lab')
		.description('The tokenizers of BPE Lab in a terminal.')
		.exitOverride()
		.configureOutput({ writeOut: onhelp, writeErr: () => undefined })
		.configureHelp({ helpWidth: 100 })
		.addHelpText(
			'after',
			`
Input is UTF-8, from files or standard input. Exit codes: 0, 1 for a gate that failed (diff
--fail-on), and 2 for bad usage or input.`
		);
	addTokenizers(program, io);
	addEncode(program, io);
	addDecode(program, io);
	addTrace(program, io);
	addTrain(program, io);
	addCount(program, io);
	addInflation(program, io);
	addDiff(program, io);
	return program;
}

function usageLine(error: CommanderError): string {
	// Without a command it would print its help as an error.
	if (error.code === 'commander.help') return 'no command given; see bpe-lab --help';
	return `${oneLine(error).replace(/^error: |[.]$/g, '')}; see --help`;
}
