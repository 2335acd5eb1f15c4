"""Netzwerk. In: tables and reports. Out: organisations and persons, once for the whole product."""
