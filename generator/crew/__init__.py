"""Work cut into chunks, and who does them: processes of this machine, or the workers of a Dask scheduler."""
