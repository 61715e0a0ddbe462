"""Every write of targets: one by one (setting.py), split (splitting.py), from a sheet (importing.py)."""

from roundsman.targets.commands.importing import import_targets
from roundsman.targets.commands.setting import remove_target, set_target
from roundsman.targets.commands.splitting import split_target

COMMANDS = (set_target, remove_target, split_target, import_targets)
