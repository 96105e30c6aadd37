"""What people and programs see: pages, the widget, the interface over HTTP."""
