"""Writes the texts of JSON lines as 8 Parquet files, and one more file with a row that is not UTF-8 and one that is null."""

import json
import sys

from pyspark.sql import SparkSession

source, folder = sys.argv[1:]
spark = SparkSession.builder.getOrCreate()
with open(source, encoding="utf-8") as lines:
    texts = [(json.loads(line)["text"],) for line in lines]
spark.createDataFrame(texts, "text string").repartition(8).write.parquet(folder)
bad = spark.createDataFrame([(bytearray(b"a\xff"),), (None,)], "text binary").coalesce(1)
bad.selectExpr("cast(text as string) text").write.mode("append").parquet(folder)
spark.stop()
