"""A programme that lives through time by the portal's own actions and sweeps: sample data and `simulate`."""
