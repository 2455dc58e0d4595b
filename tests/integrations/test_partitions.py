"""Big tables on engines that exist: the answers are those of one process."""

from __future__ import annotations

import os
import shutil
import sys

import pandas as pd
import pytest

import clientvoice
from clientvoice.dataframes import ADDED
from clientvoice.errors import ConfigError

ROWS = pd.DataFrame(
    {
        "id": range(12),
        "body": [
            "Buy now and save 50%! Only three left.",
            "Ring me before you sign anything.",
            "We meet at noon.\n\nThe room is upstairs.",
        ]
        * 4,
        "head": ["Sale", "", "Meeting"] * 4,
    }
)


@pytest.fixture(scope="module")
def expected() -> pd.DataFrame:
    return clientvoice.load("fast").score_frame(ROWS, "body", subject="head")


def test_a_part_has_missing_values_where_there_is_no_text() -> None:
    from clientvoice.integrations.spark import score_batches

    parts = [pd.DataFrame({"body": ["Buy now!", None]}), pd.DataFrame({"body": ["", None]}, index=[5, 6])]
    with pytest.warns(UserWarning, match="rows have no score") as told:
        first, second = score_batches("body", model="fast")(iter(parts))
    assert len(told) == 2
    assert first[list(ADDED)].isna().all(axis=1).tolist() == [False, True]
    assert second[list(ADDED)].isna().all(axis=None)
    assert (second[list(ADDED[1:])].dtypes == "float64").all()


def test_dask_too_has_missing_values_where_there_is_no_text() -> None:
    dd = pytest.importorskip(
        "dask.dataframe", reason="dask is not installed: pip install 'clientvoice[dask]'"
    )
    from clientvoice.integrations.dask import score

    frame = dd.from_pandas(pd.DataFrame({"body": ["Buy now!", None, "", " "]}), npartitions=2)
    with pytest.warns(UserWarning, match="rows have no score"):
        found = score(frame, "body", model="fast").compute(scheduler="sync")
    assert found[list(ADDED)].isna().all(axis=1).tolist() == [False, True, True, True]


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    assert list(found["label"]) == list(expected["label"])
    numbers = list(ADDED[1:])
    pd.testing.assert_frame_equal(
        found[numbers].reset_index(drop=True), expected[numbers].reset_index(drop=True), check_exact=True
    )


@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_same_as_one_process(expected: pd.DataFrame) -> None:
    sql = pytest.importorskip(
        "pyspark.sql", reason="pyspark is not installed: pip install 'clientvoice[spark]'"
    )
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java, and there is none on this machine")
    from clientvoice.integrations.spark import score

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    try:
        frame = session.createDataFrame(ROWS).repartition(2)
        with pytest.raises(ConfigError, match="no column 'text'"):
            score(frame, "text", model="fast")
        found = score(frame, "body", subject="head", model="fast").toPandas().sort_values("id")
    finally:
        session.stop()
    same(found, expected)


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_gives_the_same_as_one_process(expected: pd.DataFrame) -> None:
    dd = pytest.importorskip(
        "dask.dataframe", reason="dask is not installed: pip install 'clientvoice[dask]'"
    )
    distributed = pytest.importorskip("distributed", reason="distributed is not installed")
    from clientvoice.integrations.dask import score

    frame = dd.from_pandas(ROWS, npartitions=3)
    with pytest.raises(ConfigError, match="no column 'text'"):
        score(frame, "text", model="fast")
    scored = score(frame, "body", subject="head", model="fast")
    assert list(scored.columns) == [*ROWS.columns, *ADDED]
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster),
    ):
        same(scored.compute(), expected)


def test_a_model_that_is_trained_anew_into_its_folder_is_loaded_anew(tmp_path) -> None:
    from clientvoice.integrations.partitions import kept_voice
    from clientvoice.vectors.shipped import model_folder

    folder = tmp_path / "mine"
    shutil.copytree(model_folder("fast"), folder)
    first = kept_voice(str(folder))
    assert kept_voice(str(folder)) is first
    os.utime(folder / "config.json", ns=(1, 1))
    assert kept_voice(str(folder)) is not first
    assert kept_voice("fast") is kept_voice("fast")


@pytest.mark.parametrize(
    ("wrong", "got"),
    [(ROWS, "a DataFrame of pandas"), (ROWS["body"], "a Series of pandas"), (None, "a NoneType")],
)
def test_another_kind_of_frame_is_told_what_to_do(wrong: object, got: str) -> None:
    from clientvoice.integrations import dask, spark

    for engine, score in (("Dask", dask.score), ("Spark", spark.score)):
        with pytest.raises(TypeError, match=f"score: expected a DataFrame of {engine}, got {got}; use voice"):
            score(wrong, "body", model="fast")
