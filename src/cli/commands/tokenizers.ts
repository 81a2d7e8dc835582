import type { Command } from 'commander';
import { printableJson } from '../../lib/drift/escapes';
import { CATALOGUE } from '../../lib/tokenizers/catalogue';
import type { Io } from '../io';
import { alignedTable } from '../table';

export function addCommand(program: Command, io: Io): void {
	program
		.command('tokenizers')
		.description('list the tokenizers of the catalogue')
		.option('--json', 'print a JSON array')
		.addHelpText(
			'after',
			`
Examples:
  bpe-lab tokenizers
  bpe-lab tokenizers --json > catalogue.json`
		)
		.action(async ({ json = false }: { json?: boolean }) => {
			await io.write(json ? asJson() : asTable());
		});
}

/** One object per line, in an array. */
function asJson(): string {
	const lines = CATALOGUE.map((descriptor) => {
		const { id, family, vocabularySize, kind, licence, source, chatTemplate, models } = descriptor;
		return printableJson({
			id,
			family,
			vocabularySize,
			kind,
			licence,
			source,
			chatTemplate,
			models
		});
	});
	return `[\n${lines.join(',\n')}\n]\n`;
}

function asTable(): string {
	const rows = [
		['id', 'family', 'vocabulary', 'kind', 'licence', 'source'],
		...CATALOGUE.map(({ id, family, vocabularySize, kind, licence, source }) => [
			id,
			family,
			String(vocabularySize),
			kind,
			licence.name,
			`${source.package}@${source.version}`
		])
	];
	const NUMBERS = [2];
	return alignedTable(rows, NUMBERS);
}
