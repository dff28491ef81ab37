"""JupyterLab in Indonesian: a language pack of its own (`jupyterlab.languagepack`), found by the folder of this module.

The project's public pack translates a third of what is seen, in part wrongly (decision 019). What is missing here stays English.
"""
