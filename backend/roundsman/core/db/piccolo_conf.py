"""What Piccolo looks up by name: the engine and the one app that holds the migrations."""

from piccolo.conf.apps import AppRegistry

from roundsman.core.db.piccolo_engine import ENGINE

DB = ENGINE
APP_REGISTRY = AppRegistry(apps=["roundsman.migrations.piccolo_app"])
