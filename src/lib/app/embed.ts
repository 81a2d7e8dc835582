/** Pages in a frame of another site: `?embed`. early.js marks such a page and reports its height. */

/** HTML that shows a page in another site, as high as its content. */
export const embedSnippet = (page: string): string =>
	`<iframe src="${page}?embed" title="BPE Lab" style="width: 100%; border: 0"></iframe>
<script>
  addEventListener('message', ({ source, data }) => {
    if (data?.type !== 'bpe-lab:resize') return;
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.contentWindow === source) frame.height = data.height;
  });
</script>`;

/** Whether this page is in a frame of another site. */
export const isEmbedded = (): boolean => 'embed' in document.documentElement.dataset;

/** Lets a link open in a new tab. In a frame, it would replace a page that is part of another one. */
export function leaveFrame({ target }: Event): void {
	const link = target instanceof Element ? target.closest('a') : null;
	const isElsewhere = link !== null && !link.getAttribute('href')?.startsWith('#');
	if (isElsewhere && isEmbedded()) link.target = '_blank';
}
