"""The record of data that were handed over (业务数据传递记录), on paper."""
