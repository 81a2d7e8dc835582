"""Counts the pre-tokens of a corpus on Apache Spark, as `bpe-lab count --out` does on one machine.

    spark-submit count.py 's3a://bucket/corpus/*.txt.gz' --out s3a://bucket/counts
    spark-submit count.py 's3a://bucket/corpus/*.parquet' --column text --out s3a://bucket/counts

Each task pipes its texts through `bpe-lab count --ndjson text`, and Spark adds up the tables. A task returns its totals as
rows of its table, so that the totals of a repeated task count only once.
"""

import argparse
import gzip
import hashlib
import io
import json
import re
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from itertools import groupby
from operator import itemgetter

from pyspark.sql import SparkSession
from pyspark.sql import functions as sql

FIELD = "text"
# Consecutive lines are grouped into JSON objects of about this size. With the `lines` feed, each line is still a
# separate document.
BATCH_BYTES = 1 << 20
MAX_SHARD_LINES = 1 << 19
MAX_SHARD_BYTES = 1 << 26
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# Larger than any file.
WHOLE_FILE_BYTES = 1 << 60
# Gzipped files are read compressed, because the lines that Spark unpacks don't show whether the file ends with LF.
READ_BYTES = {
    "lineSep": "\n",
    "io.compression.codecs": "org.apache.hadoop.io.compress.PassthroughCodec",
    "io.compress.passthrough.extension": ".gz",
    # The same option for the Hadoop client bundled with Spark, which uses different package names.
    "org.apache.hadoop.shaded.io.compress.passthrough.extension": ".gz",
}
# Marks messages meant for users, so that they stand out from Spark's own output.
PROBLEM = "count.py: "


def main():
    options = parse_options()
    spark = (
        SparkSession.builder.appName("bpe-lab count")
        .config("spark.ui.showConsoleProgress", "true")
        .getOrCreate()
    )
    try:
        count(spark, options)
    except Exception as error:
        problem = re.search(f"{PROBLEM}.*", str(error))
        if problem is None:
            raise
        sys.exit(problem[0])
    finally:
        spark.stop()


def parse_options():
    parser = argparse.ArgumentParser(description="Counts the pre-tokens of a corpus.")
    parser.add_argument("paths", nargs="+", help="globs of UTF-8 text, also in gzip, or of Parquet")
    parser.add_argument("--column", help="read Parquet, and count this column of strings")
    parser.add_argument("--out", required=True, help="new folder for the shards and manifest.json")
    parser.add_argument("--pattern", default="gpt2", help="as for `bpe-lab count`")
    parser.add_argument("--feed", default="lines", choices=["lines", "whole"], help="likewise")
    parser.add_argument("--min-count", type=int, default=1, help="leave out rarer pre-tokens")
    parser.add_argument(
        "--invalid",
        default="stop",
        choices=["stop", "list"],
        help="whether text that is not UTF-8 stops the job, or is left out and listed",
    )
    parser.add_argument("--bpe-lab", default="bpe-lab", help="the command on the workers")
    options = parser.parse_args()
    if options.feed == "whole" and options.column is None:
        parser.error("--feed whole needs --column: files of text are read line by line")
    return options


def count(spark, options):
    folder = Folder(spark, options.out)
    read = read_column if options.column else read_lines
    rows = read(spark, options)
    table = spark.createDataFrame(
        rows.mapPartitions(counter(options)), "key string, count long", verifySchema=False
    )
    is_total = ~sql.col("key").startswith('"')
    total = sql.sum("count").alias("count")
    merged = (
        table.groupBy("key")
        .agg(total)
        .where(is_total | (sql.col("count") >= options.min_count))
        # Totals come first. Ordering by key as well makes the shards reproducible.
        .orderBy(is_total.desc(), sql.col("count").desc(), "key")
    )
    totals, invalid, shards = Counter(), 0, Shards(folder)
    for key, number in merged.toLocalIterator():
        if key.startswith('"'):
            shards.add(json.loads(key), number)
        elif key.startswith(PROBLEM):
            invalid += number
            print(key)
        else:
            totals[key] = number
    shards.finish()
    if options.min_count == 1 and shards.bytes != totals["bytes"]:
        raise RuntimeError(f"{PROBLEM}got {shards.bytes} bytes, expected {totals['bytes']}")
    manifest = {
        "format": "bpe-lab-counts",
        "version": 1,
        "pattern": options.pattern,
        "feed": options.feed,
        "records": totals["records"],
        "bytes": shards.bytes,
        "pretokens": shards.pretokens,
        "shards": shards.list,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent="\t") + "\n"
    folder.add("manifest.json", text.encode())
    print(
        f"records: {totals['records']:,}, not UTF-8: {invalid:,}, null: {totals['nulls']:,}\n"
        f"bytes: {totals['bytes']:,}, kept: {shards.bytes:,}\n"
        f"pre-tokens: {totals['pretokens']:,}, kept: {shards.pretokens:,}\n"
        f"distinct pre-tokens that occur at least {options.min_count:,} times: {shards.lines:,}\n"
        f"wrote {options.out}: manifest.json, shards: {len(shards.list):,}"
    )


def read_lines(spark, options):
    """Returns rows of text files: bytes without LF, path, and size of the file. Each file is in a single partition."""
    spark.conf.set("spark.sql.files.maxPartitionBytes", WHOLE_FILE_BYTES)
    spark.conf.set("spark.sql.files.openCostInBytes", WHOLE_FILE_BYTES)
    text = spark.read.options(**READ_BYTES).text(options.paths)
    rows = text.select(
        sql.col("value").cast("binary"), "_metadata.file_path", "_metadata.file_size"
    ).rdd
    # Each partition starts a process, so limit the number of partitions when files are small.
    return rows.coalesce(32 * spark.sparkContext.defaultParallelism)


def read_column(spark, options):
    """Returns rows of Parquet files: bytes of the text, path, and row number, counted from 0."""
    table = spark.read.parquet(*options.paths)
    column = table[options.column]
    found = table.select(column).schema[0].dataType.simpleString()
    if found not in ("string", "binary"):
        raise ValueError(f"{PROBLEM}--column {options.column}: got type {found}, expected string")
    return table.select(column.cast("binary"), "_metadata.file_path", "_metadata.row_index").rdd


def counter(options):
    """Returns a function that counts a partition. It yields counts of pre-tokens (JSON strings), followed by totals."""
    # One thread is enough, since Spark runs one task per core.
    command = [*shlex.split(options.bpe_lab), "count", "--threads", "1", "--ndjson", FIELD]
    command += ["--pattern", options.pattern, "--feed", options.feed]
    is_column, is_listed = options.column is not None, options.invalid == "list"

    def count_partition(rows):
        totals = Counter()
        texts = (column_texts if is_column else line_texts)(rows, totals, is_listed)
        for key, number in pipe(texts, command):
            totals["pretokens"] += number
            yield key, number
        yield from totals.items()

    return count_partition


def column_texts(rows, totals, is_listed):
    """Yields the text of each row with a name for messages."""
    for value, path, index in rows:
        if value is None:
            totals["nulls"] += 1
        else:
            name = f"{path} row {index + 1}"
            if is_counted(name, value, totals, is_listed):
                yield name, value.decode()


def line_texts(rows, totals, is_listed):
    """Yields batches of consecutive lines as texts, each with a name for messages.

    A last line without LF is never joined with other lines.
    """
    for (path, size), group in groupby(rows, itemgetter(1, 2)):
        lines = restore(path, size, map(itemgetter(0), group))
        if path.endswith(".gz"):
            lines = unpack(path, lines)
        for numbers, batch in batches(lines):
            text = b"".join(batch)
            try:
                decoded = text.decode()
                totals["records"] += len(batch)
                totals["bytes"] += len(text)
            except UnicodeDecodeError:
                named = zip((f"{path} line {number}" for number in numbers), batch)
                counted = [line for name, line in named if is_counted(name, line, totals, is_listed)]
                decoded = b"".join(counted).decode()
            yield f"{path} line {numbers[-1]}", decoded


def batches(numbered_lines):
    """Yields batches of about a megabyte as line numbers and lines. A line without LF ends its batch."""
    numbers, lines, size = [], [], 0
    for number, line in numbered_lines:
        numbers.append(number)
        lines.append(line)
        size += len(line)
        if size >= BATCH_BYTES or line[-1:] != b"\n":
            yield numbers, lines
            numbers, lines, size = [], [], 0
    if lines:
        yield numbers, lines


def is_counted(name, record, totals, is_listed):
    """Adds a record to the totals, and returns whether it is UTF-8.

    Raises ValueError if it is not UTF-8, unless such records are listed.
    """
    try:
        record.decode()
    except UnicodeDecodeError as error:
        byte = error.start
        problem = f"{PROBLEM}{name}: not UTF-8 at byte {byte} (0x{record[byte]:02x})"
        if not is_listed:
            raise ValueError(f"{problem}; convert it, or use --invalid list") from None
        totals[problem] += 1
        return False
    totals["records"] += 1
    totals["bytes"] += len(record)
    return True


def restore(path, size, values):
    """Yields the numbered lines of a file exactly as they are in the file.

    Spark removes every LF and a byte order mark. The file's size shows whether there was a mark and a final LF, so the first
    line of a plain text file is yielded last.
    """
    numbered = enumerate(values, 1)
    last, value = next(numbered)
    missing = size - len(value)
    first = None
    for number, following in numbered:
        if last == 1 and not path.endswith(".gz"):
            first = value
        else:
            yield last, value + b"\n"
        missing -= 1 + len(following)
        last, value = number, following
    if missing not in (0, 1, 3, 4):
        raise ValueError(
            f"{PROBLEM}{path}: got {size - missing} of {size} bytes, expected all;"
            " use text or gzip that nothing writes to"
        )
    mark = BYTE_ORDER_MARK if missing >= 3 else b""
    end = b"\n" if missing in (1, 4) else b""
    if last == 1:
        yield last, mark + value + end
        return
    yield last, value + end
    if first is not None:
        yield 1, mark + first + b"\n"


def unpack(path, parts):
    """Yields the numbered lines of a gzipped file."""
    with tempfile.TemporaryFile() as packed:
        packed.writelines(part for _, part in parts)
        packed.seek(0)
        try:
            yield from enumerate(gzip.open(packed), 1)
        except (EOFError, gzip.BadGzipFile) as error:
            raise ValueError(f"{PROBLEM}{path}: {error}; copy the file again") from error


def pipe(texts, command):
    """Pipes texts through `bpe-lab count`, and yields the pre-tokens and counts that it prints."""
    with tempfile.TemporaryFile() as table, tempfile.TemporaryFile() as errors:
        name = "no text"
        streams = {"stdin": subprocess.PIPE, "stdout": table, "stderr": errors}
        try:
            process = subprocess.Popen(command, **streams)
        except OSError as error:
            raise RuntimeError(f"{PROBLEM}--bpe-lab {command[0]}: {error}") from error
        with process:
            try:
                for name, text in texts:
                    line = json.dumps({FIELD: text}, ensure_ascii=False) + "\n"
                    process.stdin.write(line.encode())
                process.stdin.close()
            except BrokenPipeError:
                # The command has ended; its exit code and messages explain why.
                pass
        if process.returncode != 0:
            errors.seek(0)
            raise RuntimeError(f"{PROBLEM}at or before {name}: {errors.read().decode().strip()}")
        table.seek(0)
        for line in table:
            key, number = line.decode().split("\t")
            yield key, int(number)


class Shards:
    """Writes pre-tokens to shards. The same pre-tokens in the same order give identical bytes."""

    def __init__(self, folder):
        self.list = []
        self.lines = self.bytes = self.pretokens = 0
        self._folder = folder
        self._start()

    def _start(self):
        self._text, self._size, self._total = [], 0, 0

    def add(self, pretoken, number):
        line = f"{json.dumps(pretoken, ensure_ascii=False)}\t{number}\n".encode()
        self._text.append(line)
        self._size += len(line)
        self._total += number
        self.bytes += number * len(pretoken.encode())
        if len(self._text) == MAX_SHARD_LINES or self._size >= MAX_SHARD_BYTES:
            self.finish()

    def finish(self):
        """Writes the remaining lines as the last shard."""
        if not self._text:
            return
        packed = io.BytesIO()
        with gzip.GzipFile("", "wb", fileobj=packed, mtime=0) as file:
            file.writelines(self._text)
        name = f"counts-{len(self.list):05}.tsv.gz"
        self._folder.add(name, packed.getvalue())
        sha256 = hashlib.sha256(packed.getvalue()).hexdigest()
        lines, total = len(self._text), self._total
        self.list.append({"name": name, "lines": lines, "total": total, "sha256": sha256})
        self.lines += lines
        self.pretokens += self._total
        self._start()


class Folder:
    """A new folder on any file system that Spark can write to."""

    def __init__(self, spark, path):
        self._path_of = spark._jvm.org.apache.hadoop.fs.Path
        self._path = self._path_of(path)
        self._files = self._path.getFileSystem(spark._jsc.hadoopConfiguration())
        self._files.setWriteChecksum(False)
        if self._files.exists(self._path):
            raise ValueError(f"{PROBLEM}--out {path}: it exists, expected a new folder")

    def add(self, name, content):
        file = self._files.create(self._path_of(self._path, name))
        file.write(content)
        file.close()


if __name__ == "__main__":
    main()
