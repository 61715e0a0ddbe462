"""Tells Piccolo where the history is. It is applied by `roundsman migrate`, not by Piccolo's runner."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

APP_CONFIG = AppConfig(
    app_name="roundsman", migrations_folder_path=str(Path(__file__).parent), table_classes=[]
)
