import { encodeUtf8 } from '../engine/text';
import { FIRST_EXAMPLE } from './examples';

/** The text that all pages share, and the ids that Compare shows in its place. */
export class SharedInput {
	kind = $state<'text' | 'ids'>('text');
	text = $state.raw<string>(FIRST_EXAMPLE.text);
	/** The list of ids as typed or pasted. */
	ids = $state.raw('');
	/** UTF-8 of the text. */
	readonly document: Uint8Array = $derived(encodeUtf8(this.text));

	/** Shows a text. @returns a function that restores the previous content, unless the text has changed since then */
	show(text: string): () => void {
		const { kind, text: before } = this;
		this.text = text;
		this.kind = 'text';
		return () => {
			if (this.text !== text) return;
			this.text = before;
			this.kind = kind;
		};
	}
}
