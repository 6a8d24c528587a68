"""Invoices: lines, discounts, tax and refunds, in whole cents."""
