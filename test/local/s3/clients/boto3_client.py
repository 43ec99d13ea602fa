"""Uploads and reads an object as a Python program would; prints what it saw as JSON."""

import hashlib
import io
import json
import sys

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.exceptions import ClientError

bucket = sys.argv[1]
s3 = boto3.client("s3")
data = bytes(i % 251 for i in range(11 * 1024 * 1024))
parts = TransferConfig(multipart_threshold=5 * 1024**2, multipart_chunksize=5 * 1024**2)

s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name})
s3.upload_fileobj(io.BytesIO(data), bucket, "parts", Config=parts, ExtraArgs={"Metadata": {"kind": "lab"}})
read = io.BytesIO()
s3.download_fileobj(bucket, "parts", read, Config=parts)
head = s3.head_object(Bucket=bucket, Key="parts", ChecksumMode="ENABLED")

s3.put_object(Bucket=bucket, Key="small ü+", Body=b"hello")
small = s3.get_object(Bucket=bucket, Key="small ü+", Range="bytes=1-3")
pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 1})
keys = [item["Key"] for page in pages for item in page["Contents"]]
deleted = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys]})
try:
    s3.get_object(Bucket=bucket, Key="parts")
    code = None
except ClientError as error:
    code = error.response["Error"]["Code"]

print(
    json.dumps(
        {
            "sent": hashlib.sha256(data).hexdigest(),
            "read": hashlib.sha256(read.getvalue()).hexdigest(),
            "etag": head["ETag"],
            "metadata": head["Metadata"],
            "checksumType": head["ChecksumType"],
            "small": small["Body"].read().decode(),
            "keys": keys,
            "deleted": [item["Key"] for item in deleted["Deleted"]],
            "code": code,
        }
    )
)
