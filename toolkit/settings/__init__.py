"""The settings of one workspace (设置.xlsx): the model, and how it is read."""
