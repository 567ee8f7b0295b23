"""Take in tables from before the tool: every row judged and entered as history, all of them or none."""

from governance.service.importing.run import ImportView, import_table
from governance.service.importing.sample import TemplateView, template_view, write_template

__all__ = ["ImportView", "TemplateView", "import_table", "template_view", "write_template"]
