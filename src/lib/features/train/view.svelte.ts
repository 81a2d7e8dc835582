import type { Training } from '../../engine/train';
import type { TrainViewLink } from '../../session/links/train';

/** How the page shows a training. */
export class TrainView {
	/** Speed of playback. */
	speed = $state<TrainViewLink['speed']>('normal');
	/** Text or id that the vocabulary is searched for. */
	search = $state('');
	/** Order of the vocabulary. */
	order = $state<TrainViewLink['order']>('id');
	/** Whether the vocabulary lists only tokens that occur nowhere. */
	unused = $state(false);
	/** Id of the token whose merge tree is open; `null` if none is. */
	tree = $state<number | null>(null);
	/** Merges that are saved or exported. */
	extent = $state<TrainViewLink['extent']>('all');
	/** Whether the visitor predicts the next merge. */
	predict = $state(false);

	/** The training whose token {@link tree} is. */
	#listed: Training | null = null;
	/** Whether it is of the next training. */
	#awaitsNext = false;

	/** The fields of a link. */
	get linked(): TrainViewLink {
		const { speed, search, order, unused, tree, extent, predict } = this;
		return { speed, search, order, unused, tree, extent, predict };
	}

	/** Takes over the fields of a link, whose training is the next to {@link follow}. */
	take(linked: Partial<TrainViewLink>): void {
		Object.assign(this, linked);
		this.#awaitsNext = true;
	}

	/** Closes the merge tree of another training, in which its id is another token. */
	follow({ training }: { readonly training: Training }): void {
		if (training === this.#listed) return;
		const isAwaited = this.#awaitsNext || this.#listed === null;
		this.#listed = training;
		this.#awaitsNext = false;
		if (isAwaited) return;
		this.tree = null;
	}
}
