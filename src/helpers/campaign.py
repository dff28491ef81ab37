"""One validated, frozen Campaign from params/*.yaml: who is counted, since when, until when, to which target.

The only reader of params/. It opens no workbook and no store.
"""

import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from helpers.sentence import Sentence, of_problem

UNIT_CODE = r"[A-Z0-9][A-Z0-9-]{0,19}"
OBSTACLE_KEYS = {
    "kategori", "permasalahan", "kelompok", "pic", "dihitung", "sebelum_batas", "usulan", "frasa", "kata"
}  # fmt: skip
REGISTER_COLUMNS = ["kode", "nama", "jenis", "induk", "pimpinan", "melapor"]
# Codes of Kemendagri, as text with points (53.71.01.1001); those of BPS are other numbers for the same places.
VILLAGE_COLUMNS = {
    "kode_kec": r"\d{2}\.\d{2}\.\d{2}",
    "kecamatan": ".+",
    "kode_kel": r"\d{2}(\.\d{2}){2}\.\d{4}",
    "kelurahan": ".+",
}
# The C parser reads the same YAML ten times faster where libyaml came with the package.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALARS = (str, int, float, bool, list, tuple, dict, date)


class CampaignError(Sentence, ValueError):
    """Wrong parameter; the message is one Indonesian sentence that says what to do."""


def root() -> Path:
    """Folder that parameters' paths start from: the nearest one above the working folder with params/ and
    notebooks/, so that papermill, JupyterLab and the command line agree; else the checkout of this code.
    `PANTAU_AKAR` overrides it."""
    if chosen := os.environ.get("PANTAU_AKAR"):
        return Path(chosen).resolve()
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / "params").is_dir() and (folder / "notebooks").is_dir():
            return folder
    return Path(__file__).resolve().parents[2]


class Unit(BaseModel):
    """A reporting unit of the register (an OPD, a Bagian, a UK department)."""

    model_config = ConfigDict(frozen=True)
    kode: str
    nama: str
    jenis: str
    pimpinan: str  # whom its report addresses: "Kepala Dinas Kesehatan", "Camat Alak"


class Campaign(BaseModel):
    """All parameters of a report but the office. Every field is a key of params/*.yaml and a notebook parameter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kampanye: str
    singkatan: str
    wilayah: str
    instansi: str
    penerima: str
    orang: str
    unit: str
    tanggal_data: date
    mulai: date
    selesai: date
    libur: str
    zona_waktu: str
    target: float = Field(gt=0, le=1)
    jenis_asn: str
    sel_kecil: int = Field(ge=1)
    register_: str = Field(alias="register")
    daftar_kendala: str
    masuk: str
    simpan: str
    versi_data: int = Field(ge=0)
    instruksi: bool
    arti_berhasil: str
    ajakan: str
    sumber: str
    atribusi: str
    pembanding: str
    lanjutan: str  # where those go on who are not counted by the deadline; "" if nowhere
    dasar_hukum: str  # with ; between them
    rapat: str  # day of the coordination meeting (ISO); "" if not set
    rapat_waktu: str
    rapat_tempat: str
    rapat_peserta: str  # who is invited, with ; between them
    kelurahan: str  # register of kelurahan for counts of residents; "" if there are none
    punya_telepon: float = Field(ge=0, le=1)  # share of residents with a phone; 0: unknown

    @field_validator("zona_waktu")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except Exception:
            raise ValueError(f"zona waktu {value!r} tidak dikenal; contoh: Asia/Makassar") from None
        return value

    @field_validator("jenis_asn")
    @classmethod
    def _known_kinds(cls, value: str) -> str:
        kinds = {kind.strip().upper() for kind in value.split(",") if kind.strip()}
        if not kinds or not kinds <= {"PNS", "PPPK", "PTT"}:
            raise ValueError(f"jenis_asn {value!r} tidak dikenal; pakai PNS, PPPK, PTT, dipisah koma")
        return value

    @field_validator("libur")
    @classmethod
    def _known_holidays(cls, value: str) -> str:
        try:
            _national_holidays(value, [2020])
        except NotImplementedError:
            raise ValueError(f"kode libur {value!r} tidak dikenal; contoh: ID atau GB-ENG") from None
        return value

    @field_validator("rapat")
    @classmethod
    def _meeting_is_a_day(cls, value: str) -> str:
        try:
            return value and date.fromisoformat(value).isoformat()
        except ValueError:
            raise ValueError(f"rapat {value!r} bukan tanggal; contoh: 2020-03-17, atau kosong") from None

    @model_validator(mode="after")
    def _date_in_window(self) -> "Campaign":
        if self.mulai >= self.selesai:
            raise ValueError(f"mulai ({self.mulai}) harus sebelum selesai ({self.selesai})")
        if not self.mulai <= self.tanggal_data <= self.selesai:
            raise ValueError(
                f"tanggal_data {self.tanggal_data} di luar masa kampanye {self.mulai} sampai {self.selesai}; "
                "perbaiki tanggal_data, atau mulai dan selesai bila masanya berubah"
            )
        return self

    @cached_property
    def units(self) -> pd.DataFrame:
        """Register of the units that report: kode (unique), nama, jenis, induk, pimpinan and alias (other names, with ;
        between them), "" if none. Others left out."""
        every = self.register_table
        return every.loc[every["melapor"].eq("ya"), [*REGISTER_COLUMNS[:-1], "alias"]].reset_index(drop=True)

    @cached_property
    def register_table(self) -> pd.DataFrame:
        """The register with the units that only add others up (SETDA); columns as in `units`, and melapor."""
        path = self.path(self.register_)
        try:
            table = pd.read_csv(path, dtype=str, keep_default_na=False)
        except (OSError, ValueError):
            raise CampaignError(f"Register {path} tidak dapat dibaca; periksa parameter register.") from None
        if missing := [c for c in REGISTER_COLUMNS if c not in table]:
            raise CampaignError(f"Register {path} tidak memuat kolom {', '.join(missing)}.")
        if wrong := table.loc[~table["kode"].str.fullmatch(UNIT_CODE), "kode"].tolist():
            raise CampaignError(
                f"Register {path}: kode {wrong[0]!r} tidak sah; pakai huruf besar, angka, tanda hubung."
            )
        if doubled := table.loc[table["kode"].duplicated(), "kode"].tolist():
            raise CampaignError(f"Register {path}: kode {doubled[0]} tercantum lebih dari sekali.")
        return table if "alias" in table else table.assign(alias="")

    @cached_property
    def villages(self) -> pd.DataFrame:
        """Register of kelurahan: kode_kec, kecamatan, kode_kel (unique), kelurahan, by code of Kemendagri; empty where the
        campaign has none."""
        if not self.kelurahan:
            return pd.DataFrame(columns=list(VILLAGE_COLUMNS), dtype="str")
        path = self.path(self.kelurahan)
        try:
            table = pd.read_csv(path, dtype=str, keep_default_na=False)
        except (OSError, ValueError):
            raise CampaignError(f"Daftar kelurahan {path} tidak dapat dibaca; periksa parameter kelurahan.") from None
        for name, pattern in VILLAGE_COLUMNS.items():
            if name not in table:
                raise CampaignError(f"Daftar kelurahan {path} tidak memuat kolom {name}.")
            if wrong := table.loc[~table[name].str.fullmatch(pattern), name].tolist():
                raise CampaignError(
                    f"Daftar kelurahan {path}: {name} {wrong[0]!r} tidak sah; contoh kode: 53.71.01.1001."
                )
        strays = table[[not kel.startswith(kec) for kel, kec in zip(table["kode_kel"], table["kode_kec"], strict=True)]]
        twice = table[table["kode_kel"].duplicated()]
        if code := next(iter([*twice["kode_kel"], *strays["kode_kel"]]), ""):
            raise CampaignError(f"Daftar kelurahan {path}: kode {code} ganda atau bukan bagian dari kecamatannya.")
        return table[list(VILLAGE_COLUMNS)]

    @cached_property
    def obstacles(self) -> pd.DataFrame:
        """Catalogue of kendala: kode, kategori, permasalahan (a sentence), kelompok (who acts first), pic, dihitung
        (berhasil|gagal|belum|apa adanya), sebelum_batas (bool: can be solved before the deadline), usulan, frasa (list)."""
        content = _read_yaml(self.path(self.daftar_kendala))
        for code, entry in content.items():
            if not isinstance(entry, dict) or (missing := OBSTACLE_KEYS - set(entry)):
                lacks = (
                    f"tidak memuat {', '.join(sorted(missing))}" if isinstance(entry, dict) else "bukan pasangan kunci"
                )
                raise CampaignError(f"Daftar kendala {self.daftar_kendala}: {code} {lacks}.")
        return pd.DataFrame([{"kode": code, **entry} for code, entry in content.items()])

    @cached_property
    def days_off(self) -> frozenset[date]:
        """Public holidays in the years of the campaign (weekends are not among them)."""
        return frozenset(_national_holidays(self.libur, range(self.mulai.year, self.selesai.year + 1)))

    @property
    def counted_kinds(self) -> list[str]:
        """Values of jenis_asn that count, as on the form: ["PNS", "PPPK"]."""
        return [kind.strip().upper() for kind in self.jenis_asn.split(",") if kind.strip()]

    @cached_property
    def columns(self) -> dict[str, Any]:
        """Headings and words that intake understands (params/kolom.yaml)."""
        return _read_yaml(root() / "params" / "kolom.yaml")

    def unit_of(self, opd: str) -> Unit:
        """The register's entry for a code. Unknown code: CampaignError that lists near ones."""
        found = self.units[self.units["kode"].eq(opd)]
        if found.empty:
            near = [code for code in self.units["kode"] if opd and str(opd).upper()[:3] in code][:5]
            hint = f"mungkin {', '.join(near)}" if near else f"lihat {self.register_}"
            raise CampaignError(f"Kode {self.unit} {opd!r} tidak ada di register; {hint}.")
        entry = found.iloc[0]
        head = entry["pimpinan"] or f"Pimpinan {entry['nama']}"
        return Unit(kode=entry["kode"], nama=entry["nama"], jenis=entry["jenis"], pimpinan=head)

    def path(self, value: str) -> Path:
        """A parameter's path; relative ones start at the project's root."""
        return root() / value

    def parameters(self) -> dict[str, Any]:
        """The scalars that rebuild this campaign: what papermill hands to a notebook."""
        return self.model_dump(mode="json", by_alias=True)


def _national_holidays(code: str, years: Iterable[int]) -> Any:
    country, _, part = code.partition("-")
    return holidays.country_holidays(country, subdiv=part or None, years=years)


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except OSError:
        raise CampaignError(
            f"Berkas {path} tidak ditemukan; periksa jalurnya atau jalankan dari folder proyek."
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" baris {where.line + 1}" if where else ""
        raise CampaignError(f"Berkas {path}{line} bukan YAML yang benar; perbaiki penulisannya.") from None
    if not isinstance(content, dict):
        raise CampaignError(f"Berkas {path} harus berisi pasangan kunci dan nilai.")
    return {str(key): value for key, value in content.items()}


def build(values: Mapping[str, Any]) -> Campaign:
    """Validate parameters. Raises CampaignError with every problem in one sentence."""
    try:
        return Campaign(**values)
    except ValidationError as error:
        raise CampaignError("Parameter salah: " + "; ".join(map(of_problem, error.errors())) + ".") from None


def load(path: Path, **changes: Any) -> Campaign:
    """Campaign from a YAML file; `changes` replace single keys (a data date given on the command line)."""
    return build(_read_yaml(path) | changes)


def from_notebook(variables: Mapping[str, Any], extra: Iterable[str] = ()) -> Campaign:
    """Campaign from a notebook's `globals()`: every scalar in it is taken for a parameter.

    So an unknown parameter given to papermill stops the notebook instead of being ignored. `extra` names
    parameters of that notebook alone (opd), which the campaign does not need.
    """
    given = {
        name: value
        for name, value in variables.items()
        if not name.startswith("_") and name not in {"In", "Out", *extra} and isinstance(value, _SCALARS)
    }
    return build(given)
