/** Pages embedded in another site (`?embed`). early.js marks such a page and reports its height. */

/** HTML that embeds a page in another site and adapts the frame to the page's height. */
export const embedSnippet = (page: string): string =>
	`<iframe src="${page}?embed" title="BPE Lab" style="width: 100%; border: 0"></iframe>
<script>
  addEventListener('message', ({ source, data }) => {
    if (data?.type !== 'bpe-lab:resize') return;
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.contentWindow === source) frame.height = data.height;
  });
</script>`;

export const isEmbedded = (): boolean => 'embed' in document.documentElement.dataset;

/** Makes a link open in a new tab, because following it inside the frame would replace the embedded page. */
export function leaveFrame({ target }: Event): void {
	const link = target instanceof Element ? target.closest('a') : null;
	const isElsewhere = link !== null && !link.getAttribute('href')?.startsWith('#');
	if (isElsewhere && isEmbedded()) link.target = '_blank';
}
