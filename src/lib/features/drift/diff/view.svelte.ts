import type { TextReading } from '../../../drift/text/read';
import type { DiffViewLink } from '../../../session/links/diff';

/** The list of tokens that a check shows, and what is searched in it. */
export interface TokenListView {
	/** Id of the list; `first` is the first one that has tokens. */
	list: string;
	/** Text or id. */
	search: string;
}

/** How the text of a diff is read and drawn, and which lists of tokens are shown. */
export class DiffView {
	special = $state<TextReading['special']>('text');
	/** Whether the tokens of each side's template are added to the text. */
	template = $state(false);
	display = $state<DiffViewLink['display']>('text');
	readonly vocabulary = $state<TokenListView>({ list: 'first', search: '' });
	readonly unreachable = $state<TokenListView>({ list: 'first', search: '' });

	get reading(): TextReading {
		return { special: this.special, template: this.template };
	}

	/** Whether the text is read as the command line does by default. */
	get isPlain(): boolean {
		return this.special === 'text' && !this.template;
	}

	/** Values of the fields of a link. */
	get link(): DiffViewLink {
		return {
			...this.reading,
			display: this.display,
			vocabularyList: this.vocabulary.list as DiffViewLink['vocabularyList'],
			vocabularySearch: this.vocabulary.search,
			unreachableList: this.unreachable.list as DiffViewLink['unreachableList'],
			unreachableSearch: this.unreachable.search
		};
	}

	restore({ special, template, display, ...lists }: DiffViewLink): void {
		this.special = special;
		this.template = template;
		this.display = display;
		this.vocabulary.list = lists.vocabularyList;
		this.vocabulary.search = lists.vocabularySearch;
		this.unreachable.list = lists.unreachableList;
		this.unreachable.search = lists.unreachableSearch;
	}
}
