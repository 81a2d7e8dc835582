import { driftReportJson } from '../../../drift/report-json';
import { driftReportMarkdown } from '../../../drift/report-markdown';
import type { DriftReport } from '../../../drift/types';

/** The report as `bpe-lab diff --json` prints it. */
export const reportJson = (
	report: DriftReport,
	names: Parameters<typeof driftReportJson>[1]
): string => `${JSON.stringify(driftReportJson(report, names), null, 2)}\n`;

export const reportMarkdown = driftReportMarkdown;
