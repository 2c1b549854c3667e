"""Turn folders of files into what they declare: project, programme, kinds, destinations, theme, manifest."""
