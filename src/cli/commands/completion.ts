import { Argument, type Command } from 'commander';
import { CATALOGUE } from '../../lib/tokenizers/catalogue';
import type { Io } from '../io';

interface Completions {
	readonly ids: readonly string[];
	/** Commands that take tokenizers as arguments. */
	readonly readers: readonly string[];
	readonly commands: ReadonlyMap<string, readonly string[]>;
	/** Option values, keyed by command and option, such as `encode --special`. */
	readonly values: ReadonlyMap<string, readonly string[]>;
}

const SCRIPTS = { bash: bashScript, zsh: zshScript };

/** Must be added last, because it completes only the commands added before it. */
export function addCommand(program: Command, io: Io): void {
	program
		.command('completion')
		.description('print a script that completes commands in a shell')
		.addArgument(new Argument('<shell>').choices(Object.keys(SCRIPTS)))
		.addHelpText(
			'after',
			`
Examples:
  bpe-lab completion bash > ~/.local/share/bash-completion/completions/bpe-lab
  source <(bpe-lab completion zsh)`
		)
		.action((shell: keyof typeof SCRIPTS) => io.write(SCRIPTS[shell](completionsOf(program))));
}

function completionsOf(program: Command): Completions {
	const ids = CATALOGUE.map(({ id }) => id);
	const commands = new Map<string, string[]>();
	const values = new Map<string, readonly string[]>();
	const readers = program.commands
		.filter(({ registeredArguments }) =>
			registeredArguments.some(({ description }) => description.includes('tokenizer'))
		)
		.map((command) => command.name());
	for (const command of program.commands) {
		const name = command.name();
		const options = command.createHelp().visibleOptions(command);
		commands.set(
			name,
			options.flatMap(({ long }) => long ?? [])
		);
		for (const { short, long, argChoices } of options) {
			const list = long === '--tokenizer' ? ids : argChoices;
			for (const option of [short, long]) if (option && list) values.set(`${name} ${option}`, list);
		}
	}
	return { ids, readers, commands, values };
}

/** Branches of a shell's `case`, one per word. */
const arms = (
	words: ReadonlyMap<string, readonly string[]>,
	todo: (list: readonly string[]) => string
): string => Array.from(words, ([word, list]) => `\t\t'${word}') ${todo(list)} ;;`).join('\n');

function bashScript({ ids, readers, commands, values }: Completions): string {
	const choose = (list: readonly string[]) => `words='${list.join(' ')}'`;
	return `_bpe_lab() {
	local current=\${COMP_WORDS[COMP_CWORD]} words= file
	COMPREPLY=()
	if [ "$COMP_CWORD" -eq 1 ]; then
		${choose([...commands.keys()])}
	else
		case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD - 1]}" in
${arms(values, choose)}
		esac
		if [ -z "$words" ]; then case $current in
		-*) case \${COMP_WORDS[1]} in
${arms(commands, choose)}
		esac ;;
		*) case \${COMP_WORDS[1]} in ${readers.join('|')})
			${choose(ids)}
			compopt -o filenames 2> /dev/null
			while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$current")
		esac ;;
		esac; fi
	fi
	COMPREPLY+=($(compgen -W "$words" -- "$current"))
}
# If no word fits, complete file names.
complete -o default -F _bpe_lab bpe-lab
`;
}

function zshScript({ ids, readers, commands, values }: Completions): string {
	const choose = (list: readonly string[]) => `compadd -- ${list.join(' ')}`;
	return `#compdef bpe-lab
_bpe_lab() {
	if (( CURRENT == 2 )); then
		${choose([...commands.keys()])}
		return
	fi
	case "\${words[2]} \${words[CURRENT - 1]}" in
${arms(values, (list) => `${choose(list)}; return`)}
	esac
	if [[ \${words[CURRENT]} == -* ]]; then case \${words[2]} in
${arms(commands, choose)}
	esac; else
		case \${words[2]} in ${readers.join('|')}) ${choose(ids)} ;; esac
		_files
	fi
}
compdef _bpe_lab bpe-lab
`;
}
