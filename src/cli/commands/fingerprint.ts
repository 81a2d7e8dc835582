import type { Command } from 'commander';
import { baselineOf, fingerprint } from '../../lib/drift';
import { printable, printableJson } from '../../lib/drift/escapes';
import { platformSha256, type Sha256 } from '../../lib/drift/sha256';
import { withErrorPrefix, UserError } from '../failure';
import type { Io } from '../io';
import { addReadingOptions, loadSource, type ReadingFlags } from '../tokenizer';
import { createTokenizer } from '../../lib/engine';

interface FingerprintFlags extends ReadingFlags {
	readonly json?: boolean;
}

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('fingerprint')
		.description('print a hash of a tokenizer that does not depend on how its file is formatted')
		.argument('<tokenizer>', 'a tokenizer file or folder, or an id from `bpe-lab tokenizers`')
		.option('--json', 'print a baseline that `diff --baseline` can compare later files with');
	addReadingOptions(command)
		.addHelpText(
			'after',
			`
The fingerprint covers vocabulary, merges, added tokens, normalizer, pre-tokenizer, decoder,
template, truncation and padding, and the output for a fixed set of texts. It stays the same if a
different library saves the file again without changing any of these. A fingerprint starts with the
version of its format.

Examples:
  bpe-lab fingerprint tokenizer.json
  bpe-lab fingerprint tokenizer.json --json > baseline.json
  bpe-lab diff --baseline baseline.json tokenizer.json --fail-on silent`
		)
		.action((name: string, flags: FingerprintFlags) => print(name, flags, io));
}

async function print(name: string, { json, ...flags }: FingerprintFlags, io: Io): Promise<void> {
	const source = await loadSource(name, io, flags);
	if ('problem' in source) throw new UserError(`${name}: ${source.problem}`);
	const { spec, file } = source;
	if (file && file.refusal !== null) {
		const message = `Hugging Face’s library refuses to load it (${file.refusal}); the fingerprint includes this`;
		io.warn(`${name}: ${message}`);
	}
	const sha256 = requireSha256();
	const output = await withErrorPrefix(name, async () => {
		const side = { tokenizer: createTokenizer(spec), file };
		if (json) return printableJson(await baselineOf(name, side, sha256), 2);
		return printable(`${(await fingerprint(side, sha256)) ?? ''}  ${name}`);
	});
	await io.write(`${output}\n`);
}

export function requireSha256(): Sha256 {
	const sha256 = platformSha256();
	if (!sha256) throw new UserError('this version of Node has no SHA-256; use Node 20 or newer');
	return sha256;
}
