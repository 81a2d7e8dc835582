import type { Command } from 'commander';
import { CATALOGUE } from '../../lib/tokenizers/catalogue';
import { alignedTable, jsonRows, type Io } from '../io';

export function addCommand(program: Command, io: Io): void {
	program
		.command('tokenizers')
		.description('list the tokenizers in the catalogue')
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

const asJson = (): string =>
	jsonRows(
		CATALOGUE.map(
			({ id, family, vocabularySize, kind, licence, source, chatTemplate, models }) => ({
				...{ id, family, vocabularySize, kind, licence, source, chatTemplate, models }
			})
		)
	);

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
