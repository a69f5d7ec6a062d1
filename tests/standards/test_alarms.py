"""deploy/monitoring as Prometheus' own promtool reads it: in good days nothing rings, each fault rings its own alarm."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.house.source import ROOT

MONITORING = ROOT / "deploy" / "monitoring"
DAY_AND_MORE = 1800
"""Minutes that each story lasts."""

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not here: apt-get install prometheus"),
]


def steady(value: float) -> str:
    return f"{value}x{DAY_AND_MORE}"


def growing(by: float) -> str:
    return f"0+{by}x{DAY_AND_MORE}"


ONE = 'job="edem",instance="one:8000"'
GOOD = {
    f"up{{{ONE}}}": steady(1),
    f"edem_database_up{{{ONE}}}": steady(1),
    f"edem_workers{{{ONE}}}": steady(1),
    f"edem_jobs_oldest_due_seconds{{{ONE}}}": steady(2),
    f'edem_jobs{{{ONE},state="failed"}}': steady(3),
    f'edem_mail{{{ONE},state="unknown"}}': steady(0),
    f'edem_mail{{{ONE},state="failed"}}': steady(500),
    f"edem_backup_taken_timestamp_seconds{{{ONE}}}": growing(60),
    f"edem_database_max_connections{{{ONE}}}": steady(100),
    f'edem_database_connections{{{ONE},state="idle"}}': steady(20),
    f'edem_database_connections{{{ONE},state="active"}}': steady(5),
    f'edem_live_listeners{{{ONE},process="7"}}': steady(4000),
    f'edem_live_listeners{{{ONE},process="8"}}': steady(4000),
    f'edem_acts_total{{{ONE},process="7",outcome="taken"}}': growing(600),
    f'edem_acts_total{{{ONE},process="7",outcome="petition.already_signed"}}': growing(60),
    f'edem_acts_total{{{ONE},process="7",outcome="busy"}}': steady(0),
    f'edem_requests_total{{{ONE},process="7",room="django",status="200"}}': growing(6000),
    f'edem_requests_total{{{ONE},process="7",room="django",status="500"}}': growing(1),
    f'edem_request_seconds_bucket{{{ONE},process="7",room="django",le="0.5"}}': growing(6000),
    f'edem_request_seconds_bucket{{{ONE},process="7",room="django",le="2.5"}}': growing(6000),
    f'edem_request_seconds_bucket{{{ONE},process="7",room="django",le="+Inf"}}': growing(6000),
}
FAULTS = {
    "ВебНеВідповідає": {f"up{{{ONE}}}": steady(0)},
    "БазаНеВідповідає": {f"edem_database_up{{{ONE}}}": steady(0)},
    "ПідписиНеПриймаються": {f'edem_acts_total{{{ONE},process="7",outcome="busy"}}': growing(1)},
    "Помилки": {f'edem_requests_total{{{ONE},process="7",room="django",status="500"}}': growing(90)},
    "Повільно": {f'edem_request_seconds_bucket{{{ONE},process="7",room="django",le="0.5"}}': growing(5000)},
    "НемаєWorker": {f"edem_workers{{{ONE}}}": steady(0)},
    "ЧергаСтоїть": {f"edem_jobs_oldest_due_seconds{{{ONE}}}": growing(60)},
    "ЗавданняНеВдаються": {f'edem_jobs{{{ONE},state="failed"}}': growing(1)},
    "ЛистиНевідомі": {f'edem_mail{{{ONE},state="unknown"}}': steady(1)},
    "ЛистиНеЙдуть": {f'edem_mail{{{ONE},state="failed"}}': growing(1)},
    "КопіїНемає": {f"edem_backup_taken_timestamp_seconds{{{ONE}}}": steady(0)},
    "ЗʼєднаньЗамало": {f'edem_database_connections{{{ONE},state="active"}}': steady(70)},
    "СлухачівЗабагато": {f'edem_live_listeners{{{ONE},process="8"}}': steady(6000)},
}


def promtool(folder: Path, stories: dict[str, dict[str, str]]) -> str:
    """What it has against the stories; each names the one alarm that must ring, or none."""
    tests = [
        {
            "interval": "1m",
            "input_series": [{"series": name, "values": values} for name, values in series.items()],
            "promql_expr_test": [
                {
                    "expr": 'count by (alertname) (ALERTS{alertstate="firing"})',
                    "eval_time": f"{DAY_AND_MORE}m",
                    "exp_samples": [{"labels": f'{{alertname="{alarm}"}}', "value": 1}] if alarm else [],
                }
            ],
        }
        for alarm, series in stories.items()
    ]
    file = folder / "stories.yaml"
    told = {"rule_files": [str(MONITORING / "alerts.yaml")], "evaluation_interval": "1m", "tests": tests}
    file.write_text(yaml.safe_dump(told, allow_unicode=True))
    said = subprocess.run(["promtool", "test", "rules", file], capture_output=True, text=True, check=False)
    return "" if said.returncode == 0 else said.stdout + said.stderr


def test_every_alarm_rings_for_its_own_fault_and_for_no_other(tmp_path):
    groups = yaml.safe_load((MONITORING / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    assert {rule["alert"] for group in groups for rule in group["rules"]} == FAULTS.keys()
    assert promtool(tmp_path, {"": GOOD} | {alarm: GOOD | fault for alarm, fault in FAULTS.items()}) == ""


def test_an_installation_that_never_took_a_backup_is_told_so(tmp_path):
    without = {name: values for name, values in GOOD.items() if "backup" not in name}
    assert promtool(tmp_path, {"КопіїНемає": without}) == ""


def test_prometheus_reads_the_example(tmp_path):
    for path in MONITORING.iterdir():
        shutil.copy(path, tmp_path)
    (tmp_path / "edem_metrics_token").write_text("token")
    said = subprocess.run(
        ["promtool", "check", "config", tmp_path / "prometheus.yaml"], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
