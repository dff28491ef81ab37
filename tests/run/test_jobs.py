"""jobs.py: one job per document, scalars only, unknown offices refused."""

import pytest

from helpers.campaign import CampaignError
from helpers.run import jobs


def test_a_run_is_city_log_and_every_unit(kampanye):
    planned = jobs.plan(kampanye, versi=3)
    assert [job.kode for job in planned[:2]] == ["laporan_kota", "log_kendala"]
    assert [job.opd for job in planned[2:]] == kampanye.units["kode"].tolist()
    assert len({job.pdf for job in planned}) == len(planned) == 54


def test_every_job_is_pinned_to_one_data_version(kampanye):
    assert {job.parameters["versi_data"] for job in jobs.plan(kampanye, versi=3)} == {3}


def test_parameters_are_scalars_and_the_mark_names_the_office(kampanye):
    (job,) = jobs.plan(kampanye, 1, ["DINKES", "DINKES"])
    assert all(isinstance(value, str | int | float | bool) for value in job.parameters.values())
    assert job.mark == "opd:DINKES" and job.pdf == "opd/DINKES/laporan.pdf"


def test_unknown_office_is_refused(kampanye):
    with pytest.raises(CampaignError, match="'TIDAKADA' tidak ada di register"):
        jobs.plan(kampanye, 1, ["TIDAKADA"])
