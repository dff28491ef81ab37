"""jobs.py: one job per document, scalars only, unknown offices refused, keys that any machine can work out again."""

import dataclasses

import pytest

from helpers.campaign import CampaignError
from helpers.run import jobs


def test_a_run_is_city_log_and_every_unit(plan, contoh_store):
    planned = plan()
    assert [job.kode for job in planned[:2]] == ["laporan_kota", "log_kendala"]
    assert [job.opd for job in planned[2:]] == contoh_store.units["kode"].tolist()
    assert len({job.pdf for job in planned}) == len({job.kunci for job in planned}) == len(planned) == 54


def test_every_job_is_pinned_to_one_data_version(plan):
    (version,) = {job.parameters["versi_data"] for job in plan()}
    assert version > 0


def test_parameters_are_scalars_and_the_mark_names_the_office(plan):
    (job,) = plan("DINKES", "DINKES")
    assert all(isinstance(value, str | int | float | bool) for value in job.parameters.values())
    assert job.mark == "opd:DINKES" and job.pdf == "opd/DINKES/laporan.pdf"


def test_unknown_office_is_refused(contoh_store):
    with pytest.raises(CampaignError, match="'TIDAKADA' tidak ada di register"):
        jobs.plan(contoh_store, 1, ["TIDAKADA"])


def test_another_machine_gets_the_same_key_or_notices(plan):
    for job in [*plan()[:2], *plan("DINKES")]:
        assert jobs.key_here(job) == job.kunci
        other = dataclasses.replace(job, parameters=job.parameters | {"target": 0.7})
        assert jobs.key_here(other) != job.kunci
